"""What the pages about transformers and plugins show works as it stands."""

from pathlib import Path
from typing import Any

import pyjson5
import pytest

from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import PluginFile
from ccr_desktop.core.protocol.json import loads
from ccr_desktop.core.routing.custom import CustomRouter
from ccr_desktop.core.transformers.built_in import BUILT_IN
from ccr_desktop.core.transformers.chain import Link
from ccr_desktop.core.transformers.plugin_files import PluginFiles
from ccr_desktop.core.transformers.rehearsal import Step, rehearse
from tests.docs.blocks import blocks

PAGE = "writing-plugins.md"
EXAMPLES = blocks(PAGE, "python")
OPTIONS: dict[str, Any] = {"team-header": {"team": "blue"}, "without-secrets": {"words": ["file"]}}
DIALECTS = {
    "Anthropic": "anthropic",
    "openai-responses": "openai-responses",
    "gemini": "gemini",
    "gemini-cli": "gemini",
    "vertex-gemini": "gemini",
    "vertex-claude": "anthropic",
    "bedrock-claude": "anthropic",
}
PROVIDER = {"name": "p", "api_base_url": "https://h.test/v1", "api_key": "k"}


async def steps(code: str, folder: Path) -> dict[str, list[Step]]:
    path = folder / "example.py"
    path.write_text(code, encoding="utf-8")
    found = PluginFiles().load([PluginFile(str(path))])
    assert not found.issues
    return {
        name: await rehearse(Link(name, plugin.instance(options), options, is_plugin=True))
        for name, plugin in found.classes.items()
        for options in [OPTIONS.get(name, {})]
    }


def test_the_first_example_is_short() -> None:
    assert len(EXAMPLES[0].splitlines()) <= 12


@pytest.mark.parametrize("code", [code for code in EXAMPLES if "class " in code])
async def test_every_example_does_something(code: str, tmp_path: Path) -> None:
    ((_, found),) = (await steps(code, tmp_path)).items()

    assert not any(step.problem for step in found)
    assert any(step.before != step.after for step in found)


async def test_words_are_hidden_wherever_they_are_cut(tmp_path: Path) -> None:
    (code,) = (code for code in EXAMPLES if "WithoutSecrets" in code)
    ((_, (step,)),) = (await steps(code, tmp_path)).items()

    assert step.after == step.before.replace("The file", "The ***").replace("the file", "the ***")


async def test_the_router_is_one(tmp_path: Path) -> None:
    (code,) = (code for code in EXAMPLES if "def route" in code)
    path = tmp_path / "router.py"
    path.write_text(code, encoding="utf-8")
    router = CustomRouter(str(path))

    await router.look()

    assert router.issue is None


@pytest.mark.parametrize("page", [PAGE, "transformers.md"])
def test_configurations_are_valid(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "shout.py").write_text(EXAMPLES[0], encoding="utf-8")
    plugins = {"transformers": ["~/shout.py"]} if page == PAGE else {}
    keys = {"DEEPSEEK_API_KEY": "k", "SILICONFLOW_API_KEY": "k"}
    for code in blocks(page, "json5"):
        found = pyjson5.decode(code if code.startswith("{") else f"{{{code}}}")
        whole = found if "Providers" in found else {"Providers": [{**PROVIDER, **found}]}
        issues = read_config({**plugins, **whole}, None, keys).issues

        assert [str(issue) for issue in issues if "transformer" in issue.where] == []


# What these do shows in answers, or at servers, that the sample is not like.
QUIET = {"OpenAI", "streamoptions", "enhancetool", "chutes-glm"}


@pytest.mark.parametrize("name", KNOWN_TRANSFORMERS)
@pytest.mark.parametrize("place", ["provider", "model"])
async def test_the_example_of_every_transformer_works(name: str, place: str) -> None:
    element = loads(KNOWN_TRANSFORMERS[name].example)
    options = element[1] if isinstance(element, list) else {}
    use = {"use": [element]}
    entry = {**PROVIDER, "models": ["m"], "transformer": use if place == "provider" else {"m": use}}
    # A provider speaks one protocol with all its models.
    entry |= {"dialect": DIALECTS[name]} if place == "model" and name in DIALECTS else {}
    issues = read_config({"Providers": [entry]}, None, {}).issues

    found = await rehearse(Link(name, BUILT_IN[name](options), options))

    assert not [issue for issue in issues if "transformer" in issue.where]
    assert not any(step.problem for step in found)
    assert any(step.before != step.after for step in found) or name in QUIET
