"""Write the commands' own help into docs/cli.md, between its two marks.

    python scripts/update_cli_page.py

A test compares the page with what this would write.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from unittest import mock

from ccr_desktop.cli.main import COMMANDS

PAGE = Path(__file__).parents[1] / "docs" / "cli.md"
BEGIN, END = "<!-- commands -->\n", "<!-- end of commands -->\n"
CODE = """\
Starts the router if none answers, then Claude Code with these arguments, unchanged; its exit code
is passed on. Only the environment of that one process is set. A router that was running before goes
on; one that was started for Claude Code ends after it. There are no options: `--help`, too, is
Claude Code's.

```sh
ccr code
ccr code -p "fix the tests"
ccr code -- --resume
```
"""


class _CapturedError(Exception):
    """Carries the parser of a command out of it."""


def page_with_commands(page: str) -> str:
    """*page* with everything between the marks made anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{''.join(_sections())}\n{END}{after}"


def _sections() -> Iterator[str]:
    for name, text in COMMANDS.items():
        yield f"\n## `ccr {name}`\n\n"
        if name == "code":
            yield CODE
        elif name == "statusline":
            from ccr_desktop.cli.statusline import HELP

            yield f"```text\n{HELP}\n```\n"
        elif name == "activate":
            yield f"{text[:1].upper()}{text[1:]}: see [`ccr env`](#ccr-env).\n"
        else:
            yield from _command(parser_of(name))


def parser_of(command: str) -> argparse.ArgumentParser:
    """The parser that a command makes when it runs."""
    found: list[argparse.ArgumentParser] = []

    def capture(parser: argparse.ArgumentParser, *_: object) -> argparse.Namespace:
        found.append(parser)
        raise _CapturedError

    with mock.patch.object(argparse.ArgumentParser, "parse_args", capture):
        try:
            import_module(f"ccr_desktop.cli.{command}").run([])
        except _CapturedError:
            return found[0]
    raise LookupError(command)


def actions_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The sub-commands, by their first names."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return {choice.dest: action.choices[choice.dest] for choice in action._choices_actions}
    return {}


def _command(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield f"{parser.description}\n"
    actions = actions_of(parser)
    if not actions:
        yield _options(parser)
    for name, inner in actions.items():
        yield f"\n### `{parser.prog} {name}`\n\n{inner.description}\n{_options(inner)}"
    yield _examples(parser)


def _options(parser: argparse.ArgumentParser) -> str:
    rows = [
        f"| {_spelling(action)} | {_cell(action.help)} |"
        for action in parser._actions
        if action.dest != "help" and action.help != argparse.SUPPRESS
    ]
    return "\n".join(["\n| Argument | Meaning |", "| --- | --- |", *rows, ""]) if rows else ""


def _spelling(action: argparse.Action) -> str:
    choices = "/".join(map(str, action.choices or ()))
    value = _cell(str(action.metavar or choices))
    if not action.option_strings:
        return f"`{value or action.dest}`"
    takes_value = action.nargs != 0 and value
    names = ", ".join(action.option_strings)
    return f"`{names} {value}`" if takes_value else f"`{names}`"


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|")


def _examples(parser: argparse.ArgumentParser) -> str:
    lines = (parser.epilog or "").removeprefix("examples:\n").splitlines()
    plain = (re.sub(r"(?<=\S) {2,}", "  # ", line.removeprefix("  "), count=1) for line in lines)
    shown = "\n".join(plain)
    mark = "<!-- not run: lines of several shells -->\n" if "for /f" in shown else ""
    return f"\n{mark}```sh\n{shown}\n```\n"


def main() -> int:
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(page_with_commands(page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
