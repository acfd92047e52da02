"""Files and functions stay small, and what exists once stays so."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.source import ROOT, Module, modules

MAX_FILE_LINES = 400
MAX_STATEMENTS = 40
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc"}


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_files_are_small_and_say_what_they_are(module: Module) -> None:
    assert module.lines <= MAX_FILE_LINES
    assert ast.get_docstring(module.tree), "a module docstring says its role"
    assert module.path.stem not in FORBIDDEN_NAMES


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_functions_are_small(module: Module) -> None:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inner = [child for child in ast.walk(node) if isinstance(child, ast.stmt)]
            assert len(inner) - 1 <= MAX_STATEMENTS, f"{module.name}.{node.name}"


def test_test_files_are_small() -> None:
    long = {
        path.name: lines
        for path in (ROOT / "tests").rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_FILE_LINES
    }

    assert not long


_SINKS, _SSE, _NDJSON = "core.protocol.sinks", "core.protocol.sse", "core.protocol.ndjson"
ONCE = {
    "one emitter, and one mender": (
        r"_event\(\"content_block_start",
        {_SINKS, "core.dialects.anthropic.stream"},
    ),
    "one delta writer": (r"content_block_delta\\n", {_SINKS}),
    "one tool writer": (r"\"input_json_delta\", \"partial_json\"", {_SINKS}),
    "one line splitter": (
        r"split\(b\"\\n",
        {_SSE, "core.protocol.ndjson", "statusline.transcript"},
    ),
    "one SSE parser": (r"\b(_LINE_END|_BLANK_LINE)\b", {_SSE}),
    "one table of stop reasons": (r"_stop\(\"tool_use\"\)", {"core.protocol.finish"}),
}


@pytest.mark.parametrize(("words", "homes"), ONCE.values(), ids=ONCE)
def test_what_exists_once_stays_so(words: str, homes: set[str]) -> None:
    found = {
        module.name.removeprefix("ccr_desktop.")
        for module in modules()
        if re.search(words, module.path.read_text(encoding="utf-8"), re.M)
    }

    assert found == homes


def test_no_provider_is_treated_by_its_name() -> None:
    """A difference between providers is a field of their profile, not a branch in the code."""
    names = r"(openrouter|deepseek|ollama|gemini|groq|mistral|dashscope)"
    pattern = re.compile(rf"(==|in \{{?\(?)\s*[\"']{names}[\"']|[\"']{names}[\"']\s*(==|in )")
    found = {
        module.name
        for module in modules()
        if "providers.catalog" not in module.name
        and pattern.search(module.path.read_text(encoding="utf-8"))
    }

    assert not found


def test_no_signal_has_its_content_converted() -> None:
    """In lists and maps of Qt the keys of objects are sorted."""
    pattern = re.compile(r"\bSignal\([^)]*\b(list|dict)\b")
    found = {
        module.name
        for module in modules()
        if pattern.search(module.path.read_text(encoding="utf-8"))
    }

    assert not found


def test_every_dependency_has_its_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = project.split("dependencies = [", 1)[1].split("\n]", 1)[0]
    desktop = project.split("desktop = [", 1)[1].split("\n]", 1)[0]
    names = re.findall(r"^\s*\"([A-Za-z0-9._-]+)", f"{block}\n{desktop}", re.M)
    reasons = (ROOT / "docs/adr/0002-dependencies.md").read_text(encoding="utf-8")

    assert names
    assert [name for name in names if name.removesuffix("-Essentials") not in reasons] == []
