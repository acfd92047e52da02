"""`ccr completion`: what a shell may offer after `ccr` and the Tab key."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module

from ccr_desktop.cli.main import COMMANDS
from ccr_desktop.cli.options import plain_parser

_EXAMPLES = """\
  eval "$(ccr completion bash)"
  ccr completion fish > ~/.config/fish/completions/ccr.fish"""
_PASSED_ON = frozenset({"code"})  # their arguments are another program's
_ACTION = re.compile(r"^    ([a-z][a-z-]*)(?: \(([a-z, -]+)\))?(?:\s|$)", re.M)
_OPTION = re.compile(r"(?<![\w-])(--[a-z][a-z-]*)")


def run(arguments: list[str]) -> int:
    options = plain_parser("completion", "Print the completion of `ccr` for a shell.", _EXAMPLES)
    options.add_argument("shell", choices=sorted(_WRITERS), help="the shell that reads it")
    chosen = options.parse_args(arguments)
    print(_WRITERS[chosen.shell]({name: [*_words(name)] for name in COMMANDS}))
    return 0


def _words(command: str) -> Iterator[str]:
    """Sub-commands and options, as the command's own help tells them."""
    if command in _PASSED_ON or command == "completion":
        return
    told = io.StringIO()
    module = import_module(f"ccr_desktop.cli.{command}")
    with contextlib.redirect_stdout(told), contextlib.suppress(SystemExit):
        module.run(["--help"])
    usage, _, _ = told.getvalue().partition("examples:")
    actions = usage.partition("actions:")[2]
    yield from dict.fromkeys([*(m.group(1) for m in _ACTION.finditer(actions))])
    yield from dict.fromkeys(_OPTION.findall(usage))


def _bash(words: Mapping[str, list[str]]) -> str:
    cases = "\n".join(f"    {name}) words='{' '.join(w)}' ;;" for name, w in words.items() if w)
    return f"""\
_ccr() {{
  local words='{" ".join(words)} --help --version'
  if [ "$COMP_CWORD" -gt 1 ]; then
    words=''
    case "${{COMP_WORDS[1]}}" in
{cases}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -o default -F _ccr ccr ccr-desktop"""


def _zsh(words: Mapping[str, list[str]]) -> str:
    load = "autoload -Uz compinit bashcompinit"
    start = "(( $+functions[compdef] )) || compinit -i; bashcompinit"
    return f"{load}\n{start}\n{_bash(words)}"


def _fish(words: Mapping[str, list[str]]) -> str:
    lines = [
        f"complete -c ccr -n __fish_use_subcommand -f -a {name} -d '{COMMANDS[name]}'"
        for name in words
    ]
    lines += [
        f"complete -c ccr -n '__fish_seen_subcommand_from {name}' -a '{' '.join(w)}'"
        for name, w in words.items()
        if w
    ]
    lines.append("complete -c ccr-desktop -w ccr")
    return "\n".join(lines)


def _powershell(words: Mapping[str, list[str]]) -> str:
    table = "; ".join(
        f"'{name}' = @({', '.join(repr(word) for word in w)})" for name, w in words.items()
    )
    return f"""\
Register-ArgumentCompleter -Native -CommandName ccr, ccr-desktop -ScriptBlock {{
  param($word, $ast, $position)
  $words = @{{ {table} }}
  $parts = $ast.CommandElements | ForEach-Object {{ "$_" }}
  $isKnown = $parts.Count -gt 1 -and $words.ContainsKey($parts[1])
  $offer = if ($isKnown) {{ $words[$parts[1]] }} else {{ $words.Keys }}
  $offer | Where-Object {{ $_ -like "$word*" }} | Sort-Object
}}"""


_WRITERS: Mapping[str, Callable[[Mapping[str, list[str]]], str]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
    "powershell": _powershell,
}
