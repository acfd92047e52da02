"""`ccr env` (or `activate`): the variables that lead a plain `claude` to the router."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ccr_desktop.cli.options import parser, read_config_in_force
from ccr_desktop.cli.output import print_json
from ccr_desktop.launch.environment import REMOVED, router_variables

if TYPE_CHECKING:
    Writer = Callable[[str, str | None], str]

_SETTING = {
    "sh": 'eval "$(ccr env)"',
    "fish": "ccr env --shell fish | source",
    "powershell": "ccr env --shell powershell | Out-String | Invoke-Expression",
    "cmd": """for /f "delims=" %i in ('ccr env --shell cmd') do @%i""",
}
_EXAMPLES = "\n".join(
    f"  {line}" for line in (*_SETTING.values(), "ccr env --permanent", "ccr env --undo")
)


def run(arguments: list[str]) -> int:
    description = "Print the variables that make a plain `claude` use the router."
    options = parser("env", description, _EXAMPLES)
    options.add_argument("--shell", choices=sorted(_WRITERS), help="whose language to speak")
    options.add_argument("--json", action="store_true", help="for programs")
    lasting = options.add_mutually_exclusive_group()
    lasting.add_argument(
        "--permanent", action="store_true", help="write them into Claude Code's own settings"
    )
    lasting.add_argument("--undo", action="store_true", help="restore those settings")
    options.add_argument("--yes", action="store_true", help="change them without a question")
    chosen = options.parse_args(arguments)
    config = read_config_in_force(chosen)
    if chosen.permanent or chosen.undo:
        from ccr_desktop.cli import permanent  # noqa: PLC0415  # start-up files want the rest soon

        if chosen.undo:
            return permanent.switch_off(config)
        return permanent.switch_on(config, yes=chosen.yes)
    variables: dict[str, str | None] = {
        **dict.fromkeys(REMOVED),
        **router_variables(config, os.environ),
    }
    if chosen.json:
        print_json(variables)
        return 0
    shell = chosen.shell or _own_shell(os.environ)
    write = _WRITERS[shell]
    for name, value in variables.items():
        print(write(name, value))
    if sys.stdout.isatty():
        print(f"To set them in this shell: {_SETTING.get(shell, _SETTING['sh'])}", file=sys.stderr)
    return 0


def _own_shell(environment: Mapping[str, str]) -> str:
    if os.name == "nt":
        return "powershell" if environment.get("PSModulePath") else "cmd"
    return "fish" if environment.get("SHELL", "").endswith("fish") else "sh"


def _sh(name: str, value: str | None) -> str:
    return f"unset {name}" if value is None else f"export {name}={shlex.quote(value)}"


def _fish(name: str, value: str | None) -> str:
    if value is None:
        return f"set -e {name}"
    quoted = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"set -gx {name} '{quoted}'"


def _powershell(name: str, value: str | None) -> str:
    if value is None:
        return f"Remove-Item Env:{name} -ErrorAction SilentlyContinue"
    quoted = value.replace("'", "''")
    return f"$env:{name} = '{quoted}'"


def _cmd(name: str, value: str | None) -> str:
    if value is None:
        return f'set "{name}="'
    return f'set "{name}={value}"'  # `for /f` reads it, which expands no %variable% again


_WRITERS: Mapping[str, Writer] = {
    "sh": _sh,
    "bash": _sh,
    "zsh": _sh,
    "fish": _fish,
    "powershell": _powershell,
    "cmd": _cmd,
}
