"""What the commands say of themselves, and the page that repeats it."""

import argparse
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from ccr_desktop.cli.main import COMMANDS
from tests.unit.cli.conftest import Run

ROOT = Path(__file__).parents[3]
OWN_WAY = ("code", "statusline")  # one hands everything on, the other must load nothing


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("page", ROOT / "scripts" / "update_cli_page.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = _script()


def parsers() -> Iterator[argparse.ArgumentParser]:
    for command in COMMANDS:
        if command in OWN_WAY:
            continue
        parser = SCRIPT.parser_of(command)
        yield parser
        yield from SCRIPT.actions_of(parser).values()


def test_the_page_says_what_the_commands_say() -> None:
    page = SCRIPT.PAGE.read_text(encoding="utf-8")

    assert page == SCRIPT.page_with_commands(page), "run scripts/update_cli_page.py"


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert not [name for name in COMMANDS if f"`ccr {name}" not in text]


@pytest.mark.parametrize("parser", [*parsers()], ids=lambda parser: parser.prog)
def test_every_argument_is_explained_and_every_command_has_an_example(
    parser: argparse.ArgumentParser,
) -> None:
    assert parser.epilog
    assert parser.epilog.startswith("examples:\n")
    assert parser.prog.removesuffix("activate").strip() in parser.epilog
    silent = [action.dest for action in parser._actions if not action.help]
    assert set(silent) <= {argparse.SUPPRESS}  # the choice of a sub-command


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "code"])
def test_help_is_printed_and_nothing_is_done(run: Run, command: str) -> None:
    done = run(command, "--help")

    assert (done.code, done.err) == (0, "")
    assert f"ccr {'env' if command == 'activate' else command}" in done.out
    assert "example" in done.out
    assert run("help", command).out == done.out


def test_help_of_an_unknown_command_is_an_error(run: Run) -> None:
    done = run("help", "strat")

    assert done.code == 2
    assert "ccr start" in done.err
