"""What the pages show can be used as it stands: settings, code and commands."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyjson5
import pytest
import yaml

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.routing.custom import CustomRouter
from tests.docs.blocks import ROOT, Block, blocks_of, every_block
from tests.support.programs import need

_ROUTE = re.compile(r"^([\w.-]+),\S+$")
_VARIABLE = re.compile(r"\$\{?(\w+)")
_OF_PROVIDERS = {"context_windows", "prices", "timeout", "transformer", "name", "api_base_url"}
_PLUGIN_PAGES = {"writing-plugins.md", "transformers.md"}  # judged by test_plugin_pages.py


def named(block: Block) -> str:
    return block.name


class Keys:
    """A store that has every key."""

    def get(self, _name: str) -> str:
        return "k" * 20

    def describe(self) -> str:
        return "the store"


def whole(found: dict[str, Any]) -> dict[str, Any]:
    """The configuration that a sample is a part of, with all providers that its routes name."""
    if _OF_PROVIDERS & found.keys():
        entry = {"name": "p", "api_base_url": "https://h.test/v1", "api_key": "k", "models": ["m"]}
        found = {"Providers": [{**entry, **found}]}
    elif "rules" in found:
        found = {"Router": found}
    is_part = "Providers" not in found  # a sample that has some has all that it names
    missing = sorted({*_providers(found)}) or ["p"] if is_part else []
    more = [
        {"name": name, "api_base_url": "https://h.test/v1", "api_key": "k", "models": ["m"]}
        for name in missing
    ]
    first = (found.get("Providers", []) + more)[0]
    default = f"{first['name']},{first.get('models', ['m'])[0]}"
    router = {"default": default, **found.get("Router", {})}
    sets = {
        n: {"default": default} for n in found.get("projects", {}).values() if "," not in str(n)
    }
    found = {"routeSets": sets, **found} if sets else found
    return {**found, "Providers": [*found.get("Providers", []), *more], "Router": router}


def _providers(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for key, inner in value.items():
                yield from inner if key in {"only", "never"} else _providers(inner)
        case list():
            for inner in value:
                yield from _providers(inner)
        case str() if found := _ROUTE.match(value):
            yield found[1]


@pytest.mark.parametrize(
    "block", [b for b in every_block("json5") if b.page.name not in _PLUGIN_PAGES], ids=named
)
def test_samples_of_settings_have_no_problem(block: Block, tmp_path: Path) -> None:
    is_object = block.code.lstrip().startswith("{")
    found = pyjson5.decode(block.code if is_object else f"{{{block.code}}}")
    environment = dict.fromkeys(_VARIABLE.findall(block.code), "k" * 20)
    for name in ("CUSTOM_ROUTER_PATH", "CA_FILE"):
        if name in found:
            (tmp_path / "file").write_text("")
            found[name] = str(tmp_path / "file")

    issues = read_config(whole(found), None, environment, secrets=Keys()).issues

    # Neither lists of models nor folders are made for a sample.
    mended = [issue for issue in issues if not re.search(r"`models`|Correct the path", issue.hint)]
    assert [str(issue) for issue in mended] == []


@pytest.mark.parametrize("block", every_block("json"), ids=named)
def test_json_is_json(block: Block) -> None:
    is_whole = block.code.lstrip().startswith(("{", "["))
    json.loads(block.code if is_whole else f"{{{block.code}}}")


@pytest.mark.parametrize("block", every_block("yaml", "toml"), ids=named)
def test_other_formats_can_be_read(block: Block) -> None:
    assert (tomllib.loads if block.language == "toml" else yaml.safe_load)(block.code)


@pytest.mark.parametrize("block", [b for b in every_block("python") if not b.title], ids=named)
async def test_python_is_python(block: Block, tmp_path: Path) -> None:
    names = {each.name for each in ast.parse(block.code).body if hasattr(each, "name")}

    if "route" in names:
        path = tmp_path / "router.py"
        path.write_text(block.code, encoding="utf-8")
        router = CustomRouter(str(path))
        await router.look()
        assert router.issue is None


@pytest.mark.parametrize("block", every_block("sh", "bash"), ids=named)
def test_shell_can_be_read_by_a_shell(block: Block) -> None:
    if sys.platform == "win32":
        pytest.skip("a bash of Windows may be a stand-in for that of Linux")
    subprocess.run([need("bash"), "-n"], input=block.code.encode(), check=True)


@pytest.mark.parametrize(
    "block", [b for b in every_block("python", "json", "text") if b.title], ids=lambda b: b.title
)
def test_what_is_taken_from_a_file_is_there(block: Block) -> None:
    text = (ROOT / block.title).read_text(encoding="utf-8")
    if block.language != "json":
        lines = [line.strip() for line in text.splitlines()]
        assert {line.strip() for line in block.code.splitlines()} <= {*lines}
        return
    entries = json.loads(text)["providers"]

    assert json.loads(block.code) in entries


def test_blocks_that_are_not_run_say_why() -> None:
    marks = re.compile(r"<!-- not run(?!: \w)")
    pages = {block.page for block in every_block("json", "json5", "sh", "python", "yaml")}

    assert not [page for page in pages if marks.search(page.read_text(encoding="utf-8"))]


def test_languages_are_those_that_are_judged() -> None:
    judged = {"json", "json5", "yaml", "toml", "python", "sh", "bash", "powershell", "text"}
    pages = {block.page for block in every_block(*judged)}

    assert {block.language for page in pages for block in blocks_of(page)} <= judged
