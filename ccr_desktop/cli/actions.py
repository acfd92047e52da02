"""Commands with sub-commands, such as `ccr config show`: their options, help and dispatch."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Handler = Callable[[argparse.Namespace], int]

_EXIT_BAD_INPUT = 2


class Actions:
    """The sub-commands of one command; each gets `--config`."""

    def __init__(self, command: str, description: str, examples: str) -> None:
        self._command = command
        self._parser = _parser(f"ccr {command}", description, examples)
        self._actions = self._parser.add_subparsers(metavar="ACTION", title="actions")
        self._shared = argparse.ArgumentParser(add_help=False)
        self._shared.add_argument("--config", metavar="FILE", help="configuration file to use")

    def add(
        self, name: str, text: str, handler: Handler, *, aliases: Sequence[str] = ()
    ) -> argparse.ArgumentParser:
        """A sub-command, to which options can be added."""
        parser: argparse.ArgumentParser = self._actions.add_parser(
            name,
            help=text,
            description=f"{text[:1].upper()}{text[1:]}.",
            parents=[self._shared],
            aliases=list(aliases),
        )
        parser.set_defaults(handler=handler)
        return parser

    def run(self, arguments: list[str]) -> int:
        options = self._parser.parse_args(arguments)
        handler: Handler | None = getattr(options, "handler", None)
        if handler is None:
            self._parser.print_help(sys.stderr)
            return _EXIT_BAD_INPUT
        return handler(options)


def _parser(program: str, description: str, examples: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(
        prog=program,
        description=description,
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
