"""`ccr launch`: Claude Code in a terminal window of its own."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop.cli.local_service import is_running, start_service
from ccr_desktop.cli.options import parser, read_config_in_force
from ccr_desktop.cli.output import print_table
from ccr_desktop.cli.prompts import say
from ccr_desktop.errors import TerminalMissing
from ccr_desktop.launch.opening import LaunchRequest, prepare
from ccr_desktop.launch.projects import Projects
from ccr_desktop.launch.sessions import sessions_of
from ccr_desktop.launch.terminals import found_terminals

if TYPE_CHECKING:
    import argparse

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.launch.opening import Launched, Mode

_EXAMPLES = """\
  ccr launch                              in this folder
  ccr launch ~/project --continue         with its last session
  ccr launch --list                       its past sessions
  ccr launch --resume 01234567-89ab-cdef-0123-456789abcdef
  ccr launch --terminal "kitty -1 {script}"
  ccr launch . -- --model openrouter,z-ai/glm-4.6"""


def run(arguments: list[str]) -> int:
    own, separator, passed = _split(arguments)
    options = _parser().parse_args(own)
    folder = Path(options.folder).expanduser().absolute()
    if options.list:
        return _list_sessions(folder)
    if options.terminals:
        return _list_terminals()
    config = read_config_in_force(options)
    request = LaunchRequest(
        folder=folder,
        mode=_mode(options),
        session_id=options.resume or "",
        arguments=tuple(passed) if separator else Projects().find(folder).arguments,
        terminal=options.terminal,
    )
    try:
        launched = _launch(request, config)
    except TerminalMissing as exc:
        say("\n".join([f"ccr: {exc}", *(f"  {command}" for command in exc.commands)]))
        return 1
    Projects().used(folder)
    for warning in launched.warnings:
        say(f"ccr: {warning}")
    print(f"Claude Code opens in {launched.terminal.label}.")
    return 0


def _launch(request: LaunchRequest, config: Config) -> Launched:
    prepared = prepare(request, config)
    if not is_running(config):
        start_service(config)
        say("The router was started; `ccr stop` ends it.")
    return prepared.open()


def _parser() -> argparse.ArgumentParser:
    description = (
        "Open Claude Code in a terminal window of its own. What comes after `--` goes to it; "
        "without that, what the folder was given in the app."
    )
    options = parser("launch", description, _EXAMPLES)
    options.add_argument(
        "folder", nargs="?", default=".", metavar="FOLDER", help="where to open it; default: here"
    )
    which = options.add_mutually_exclusive_group()
    which.add_argument("--continue", action="store_true", dest="goes_on", help="its last session")
    which.add_argument("--resume", metavar="ID", help="this session of it, as --list names it")
    which.add_argument("--list", action="store_true", help="only print its past sessions")
    which.add_argument("--terminals", action="store_true", help="only print the terminals found")
    options.add_argument(
        "--terminal", default="", metavar="NAME", help="its name, or a command with {script} in it"
    )
    return options


def _split(arguments: list[str]) -> tuple[list[str], bool, list[str]]:
    """What is ours and what is Claude Code's."""
    if "--" not in arguments:
        return arguments, False, []
    place = arguments.index("--")
    return arguments[:place], True, arguments[place + 1 :]


def _mode(options: argparse.Namespace) -> Mode:
    if options.resume:
        return "resume"
    return "continue" if options.goes_on else "new"


def _list_terminals() -> int:
    found = found_terminals()
    if not found:
        say("No terminal was found. Name a command of your own with --terminal.")
        return 1
    print_table([(terminal.name, terminal.label) for terminal in found], ("NAME", "TERMINAL"))
    return 0


def _list_sessions(folder: Path) -> int:
    rows = [
        (time.strftime("%Y-%m-%d %H:%M", time.localtime(s.last_used_s)), s.id, s.first_line)
        for s in sessions_of(folder)
    ]
    if not rows:
        say(f"Claude Code has no sessions of {folder}.")
        return 0
    print_table(rows, ("LAST USED", "ID", "BEGINS WITH"))
    return 0
