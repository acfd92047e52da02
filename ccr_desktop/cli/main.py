"""The `ccr` command: finds the subcommand and turns errors into exit codes."""

from __future__ import annotations

import os
import sys
from importlib import import_module

from ccr_desktop import __version__
from ccr_desktop.cli.loading import no_garbage
from ccr_desktop.cli.output import print_json, take_every_letter
from ccr_desktop.errors import CcrError, ClientError, ConfigError, ServiceError

EXIT_DONE, EXIT_FAILED, EXIT_BAD_INPUT, EXIT_NO_SERVICE = 0, 1, 2, 3

# Each command is a module with `run(arguments) -> exit code`, imported when it is called.
COMMANDS = {
    "ui": "open the desktop app",
    "gui": "the same",
    "start": "run the router in the background",
    "stop": "stop it",
    "restart": "stop it and start it again",
    "pause": "send everything to the default route for a while",
    "resume": "let the rules choose again",
    "status": "tell whether it runs, and how",
    "serve": "run the router in the foreground",
    "code": "start Claude Code through the router; all arguments go to it",
    "launch": "open Claude Code in a terminal window of its own",
    "ask": "send one message through the router and print the answer",
    "env": "print the variables that lead a plain `claude` to the router",
    "activate": "the same, as claude-code-router calls it",
    "route": "tell which model a request would go to, and why",
    "doctor": "check everything, and say what to do",
    "logs": "print what the router wrote down",
    "statusline": "draw the status line of Claude Code",
    "config": "show, check, import and export the configuration",
    "keys": "keep keys of providers in the password store of the system",
    "providers": "list, add and try out the providers",
    "model": "choose which model does which work",
    "plugins": "list transformers, and try one out",
    "preset": "use and share ready-made configurations",
    "update": "tell whether there is a newer version, and install it",
    "completion": "print the completion for a shell",
}
# What claude-code-router calls some of them, and words that people try.
_ELSEWHERE = {"install": "preset install", "import": "config import", "upgrade": "update"}
_PASSING_ON = ("code", "launch")
"""Those whose arguments are another program's."""
_USAGE = """\
usage: {name} COMMAND [ARGUMENTS]

Use Claude Code with any model. Commands:

{commands}

  {name} serve                     start the router
  {name} ask "hello"               see which model answers
  {name} code -p "fix the tests"   Claude Code through the router

Options: --version, --help, --selftest. `{name} COMMAND --help` tells more about a command."""


def ccr(argv: list[str] | None = None) -> int:
    """The command as claude-code-router's users type it; without arguments it prints help."""
    return _guarded("ccr", sys.argv[1:] if argv is None else argv)


def ccr_desktop(argv: list[str] | None = None) -> int:
    """The same command; without arguments it opens the desktop app."""
    arguments = sys.argv[1:] if argv is None else argv
    return _guarded("ccr-desktop", arguments or ["ui"])


def _guarded(name: str, argv: list[str]) -> int:
    """The command, when whoever reads its output may leave early (`| head`)."""
    _open_streams()
    try:
        code = _main(name, argv)
        sys.stdout.flush()
    except (BrokenPipeError, BaseExceptionGroup) as exc:
        if isinstance(exc, BaseExceptionGroup) and exc.split(BrokenPipeError)[1]:
            raise  # what several tasks print may have another reason
        _leave_pipes()
        return EXIT_FAILED
    return code


def _leave_pipes() -> None:
    """The interpreter flushes once more at its end, which must not fail again."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _open_streams() -> None:
    """Give a process that was started without streams some that lead nowhere.

    Then nothing fails for want of them, and no file gets one of their numbers.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    take_every_letter(sys.stdout)


def _main(name: str, argv: list[str]) -> int:
    command, *arguments = argv or ["--help"]
    if command == "help" and arguments:
        command, arguments = arguments[0], [*arguments[1:], "--help"]
    if command in {"--help", "-h", "help"}:
        print(_usage(name))
        return EXIT_DONE
    if command in {"--version", "-v", "version"}:
        print(f"{name} {__version__}")
        return EXIT_DONE
    if command == "--selftest":
        return _run("selftest", arguments)
    if command not in COMMANDS:
        near = _near(command)
        meant = f" Did you mean `{name} {near}`?" if near else ""
        print(f"{name}: there is no command {command!r}.{meant}\n\n{_usage(name)}", file=sys.stderr)
        return EXIT_BAD_INPUT
    return _run(command, arguments)


def _near(word: str) -> str | None:
    """The command that *word* stands for elsewhere, begins, or is a misspelling of."""
    from ccr_desktop.core.config.spelling import nearest  # noqa: PLC0415  # only when it is needed

    begun = (command for command in COMMANDS if word and command.startswith(word))
    return _ELSEWHERE.get(word) or next(begun, None) or nearest(word, COMMANDS)


def _run(command: str, arguments: list[str]) -> int:
    try:
        with no_garbage():
            module = import_module(f"ccr_desktop.cli.{command}")
        code: int = module.run(arguments)
    except KeyboardInterrupt:
        return 130
    except CcrError as exc:
        return _failed(exc, wants_json=_wants_json(command, arguments))
    except BrokenPipeError:
        raise
    except OSError as exc:  # a full disk, a folder that may not be written
        place = f"{exc.filename}: " if exc.filename else ""
        told = CcrError(f"{place}{exc.strerror or exc}.", "")
        return _failed(told, wants_json=_wants_json(command, arguments))
    return code


def _wants_json(command: str, arguments: list[str]) -> bool:
    own = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--json" in own and command not in _PASSING_ON


def _failed(error: CcrError, *, wants_json: bool) -> int:
    if wants_json:
        print_json({"error": {"title": error.title, "message": error.message.strip()}})
    print(f"ccr: {error}", file=sys.stderr)
    return _exit_code(error)


def _exit_code(error: CcrError) -> int:
    match error:
        case ConfigError() | ClientError():
            return EXIT_BAD_INPUT
        case ServiceError():
            return EXIT_NO_SERVICE
        case _:
            return EXIT_FAILED


def _usage(name: str) -> str:
    lines = (f"  {command:<10} {text}" for command, text in COMMANDS.items())
    return _USAGE.format(name=name, commands="\n".join(lines))
