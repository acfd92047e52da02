"""Print the manual page of a command, `ccr` or `ccr-desktop`, from the table of commands."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from ccr_desktop import __version__
from ccr_desktop.cli.main import COMMANDS

_RELEASES = Path(__file__).with_name("io.github.ccr_desktop.metainfo.xml")
_ALONE = {
    "ccr": "Without a command it prints help.",
    "ccr-desktop": "Without a command it opens the desktop app.",
}
_EXITS = {
    "0": "done",
    "1": "the operation failed",
    "2": "bad input or configuration",
    "3": "the service can't start, or another program holds its port",
}
_FILES = {
    "~/.config/ccr-desktop/config.json": "the configuration",
    "~/.claude-code-router/config.json": "that of claude-code-router, read where there is no other",
    "~/.local/share/ccr-desktop": "records of what was done",
    "~/.local/state/ccr-desktop/log": "logs",
}


def manual(name: str) -> str:
    """The page in the language of man(7)."""
    return "\n".join(_lines(name)) + "\n"


def _lines(name: str) -> Iterator[str]:
    other = "ccr" if name == "ccr-desktop" else "ccr-desktop"
    yield f'.TH {name.upper()} 1 "{_date()}" "CCR Desktop {__version__}" "User Commands"'
    yield ".SH NAME"
    yield rf"{_text(name)} \- use Claude Code with any model"
    yield ".SH SYNOPSIS"
    yield rf".B {_text(name)}"
    yield "[\\fICOMMAND\\fR [\\fIARGUMENTS\\fR]]"
    yield ".SH DESCRIPTION"
    yield _text(
        "A router on this computer between Claude Code and any provider of models, with a tray "
        f"icon and a window or without. {_ALONE[name]}"
    )
    yield ".SH COMMANDS"
    yield from _list({f"{name} {command}": f"{text}." for command, text in COMMANDS.items()})
    yield ".SH OPTIONS"
    options = {"--version": "print the version.", "--help": "print help; each command has its own."}
    yield from _list({**options, "--selftest": "check that this installation is whole."})
    yield ".SH EXIT STATUS"
    yield from _list(_EXITS)
    yield ".SH FILES"
    yield from _list(_FILES)
    yield ".SH ENVIRONMENT"
    yield from _list(
        {
            "CCR_DESKTOP_HOME": "a folder for all files of the program.",
            "SERVICE_PORT": "the port of the router, before what the configuration says.",
        }
    )
    yield ".SH SEE ALSO"
    yield rf".BR {_text(other)} (1)"


def _date() -> str:
    """Of the latest release, as software centres are told."""
    release = ET.parse(_RELEASES).getroot().find("releases/release")  # noqa: S314  # our own file
    return "" if release is None else release.get("date", "")


def _list(items: dict[str, str]) -> Iterator[str]:
    for term, text in items.items():
        yield ".TP"
        yield rf"\fB{_text(term)}\fR"
        yield _text(text)


def _text(text: str) -> str:
    """Words as they are: a dash that can be copied, no line that begins a request."""
    safe = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga")
    return f"\\&{safe}" if safe.startswith((".", "'")) else safe


if __name__ == "__main__":
    print(manual(sys.argv[1]), end="")
