"""Commands with sub-commands, such as `ccr config show`: their options, help and dispatch."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from ccr_desktop.cli.options import plain_parser

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Handler = Callable[[argparse.Namespace], int]

_EXIT_BAD_INPUT = 2


class Actions:
    """The sub-commands of one command; `--config` may stand before or behind their names."""

    def __init__(self, command: str, description: str, examples: str) -> None:
        self._program = f"ccr {command}"
        self._examples = examples.splitlines()
        self._parser = plain_parser(command, description, examples)
        self._parser.add_argument(
            "--config", metavar="FILE", dest="outer_config", help=argparse.SUPPRESS
        )
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
            epilog=self._examples_of(name),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        parser.set_defaults(handler=handler, called=f"{self._program} {name}")
        return parser

    def _examples_of(self, name: str) -> str:
        """The examples of the command in which *name* appears, or the plainest one."""
        call = f"{self._program} {name}"
        found = [line for line in self._examples if f"{call} " in f"{line} "]
        return "\n".join(["examples:", *(found or [f"  {call}"])])

    def run(self, arguments: list[str], otherwise: Handler | None = None) -> int:
        """Run the sub-command that is named; without one *otherwise*, or the help is shown."""
        options = self._parser.parse_args(arguments)
        options.config = getattr(options, "config", None) or options.outer_config
        handler: Handler | None = getattr(options, "handler", otherwise)
        if handler is None:
            self._parser.print_help(sys.stderr)
            return _EXIT_BAD_INPUT
        return handler(options)
