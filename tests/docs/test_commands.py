"""Commands that the pages name exist, with the options that they are given there."""

import argparse
import itertools
import re
import shlex
from functools import cache
from pathlib import Path

import pytest

from ccr_desktop.cli.main import COMMANDS
from scripts.update_cli_page import actions_of, parser_of
from tests.docs.blocks import PAGES, ROOT, every_block

HANDS_ON = {"code", "statusline"}  # everything behind them is another program's
GENERAL = {"--help", "--version", "--selftest", "--json"}
_COMMAND = re.compile(
    r"(?:^|[\s`(|&;\"/])(?:ccr(?:-desktop)? ([a-z][^`\n|;&)\"]*)|ccr (--[a-z]\w+))", re.M
)
_SPAN = re.compile(r"(?<!`)`(?:\.venv/bin/)?(?:ccr|ccr-desktop) ([^`]+)`")
_FENCES = re.compile(r"^```.*?^```$", re.M | re.S)
_WITH_PLACE = re.compile(r"-m (scripts\.\w+)|\b((?:tests|scripts|resources)/[\w./-]+)")


def commands() -> list[tuple[str, str]]:
    """All of them, from blocks and from the text, with the page."""
    found = {
        (block.name.partition(":")[0], call)
        for block in every_block("sh", "bash", "powershell", "yaml")
        for line in block.code.splitlines()
        for calls in _COMMAND.findall(line.partition(" #")[0])
        for call in filter(None, calls)
    }
    for page in PAGES:
        text = _FENCES.sub("", page.read_text(encoding="utf-8"))
        name = page.relative_to(ROOT).as_posix()
        found |= {(name, call) for call in _SPAN.findall(text)}
    return sorted(found)


@cache
def _parser(command: str) -> argparse.ArgumentParser:
    return parser_of(command)


def problem(call: str) -> str:
    """What is wrong with it; empty: nothing."""
    command, *rest = itertools.takewhile(lambda word: word != "--", _words(call))
    if command.startswith("-"):
        return "" if command in GENERAL else f"no option {command}"
    if command.isupper():
        return ""
    if command not in COMMANDS:
        return f"no command {command}"
    if command in HANDS_ON:
        return ""
    parser = _parser(command)
    actions = _choices(parser)
    if actions and rest and re.match(r"[a-z]", rest[0]):
        if rest[0] not in actions:
            return f"{command} has no {rest[0]}"
        parser = actions[rest[0]]
    known = set(parser._option_string_actions) | set(_parser(command)._option_string_actions)
    asked = {word.partition("=")[0] for word in rest if re.match(r"--?[a-z]", word)}
    return " ".join(sorted(asked - known))


def _choices(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Sub-commands by all of their names."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return actions_of(parser)


def _words(call: str) -> list[str]:
    try:
        return shlex.split(call)
    except ValueError:
        return call.split()


def test_there_are_many() -> None:
    assert len(commands()) > 100


@pytest.mark.parametrize(("page", "call"), commands(), ids=lambda value: value[:50])
def test_the_command_and_its_options_exist(page: str, call: str) -> None:
    assert problem(call) == "", page


@pytest.mark.parametrize(
    "call", ["frobnicate", "ask --loud", "config chek", "providers add x --kee", "--halp"]
)
def test_what_does_not_exist_is_found(call: str) -> None:
    assert problem(call)


@pytest.mark.parametrize("page", ["adding-a-provider.md", "architecture.md", "packaging.md"])
def test_files_that_developers_are_sent_to_exist(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    named = {module or path for module, path in _WITH_PLACE.findall(text)}
    places = {each if "/" in each else each.replace(".", "/") for each in named}

    def exists(place: str) -> bool:
        path = Path(ROOT, place.rstrip("."))
        return path.exists() or path.with_suffix(".py").exists()

    assert [place for place in sorted(places) if not exists(place)] == []
