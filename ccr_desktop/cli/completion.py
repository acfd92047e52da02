"""`ccr completion`: what a shell may offer after `ccr` and the Tab key."""

from __future__ import annotations

import argparse
import contextlib
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

from ccr_desktop.cli.changes import open_store, raw_of
from ccr_desktop.cli.main import COMMANDS
from ccr_desktop.cli.options import plain_parser
from ccr_desktop.core.setup.edits import provider_entries
from ccr_desktop.errors import CcrError

_EXAMPLES = """\
  eval "$(ccr completion bash)"
  ccr completion fish > ~/.config/fish/completions/ccr.fish"""
_PASSED_ON = frozenset({"code"})  # their arguments are another program's
_PROVIDERS = "providers"  # what the completions ask for at the Tab key
_ACTION = re.compile(r"^    ([a-z][a-z-]*)(?: \(([a-z, -]+)\))?(?:\s|$)", re.M)
_OPTION = re.compile(r"(?<![\w-])(--[a-z][a-z-]*)")
_WITH_VALUE = re.compile(r"(?<![\w-])(--[a-z][a-z-]*) [A-Z]")


@dataclass(frozen=True, slots=True)
class _Words:
    """What may follow `ccr COMMAND`, or `ccr COMMAND ACTION`, with the names of that action."""

    options: tuple[str, ...] = ()
    with_value: tuple[str, ...] = ()
    """Those of the options behind which a value stands."""
    takes_provider: bool = False
    names: tuple[str, ...] = ()
    actions: tuple[_Words, ...] = ()

    @property
    def first(self) -> tuple[str, ...]:
        return (*(action.names[0] for action in self.actions), *self.options)


_All = Mapping[str, _Words]


def run(arguments: list[str]) -> int:
    options = plain_parser("completion", "Print the completion of `ccr` for a shell.", _EXAMPLES)
    options.add_argument(
        "shell",
        choices=[*sorted(_WRITERS), _PROVIDERS],
        help=f"the shell that reads it; `{_PROVIDERS}` prints their names, as it asks for them",
    )
    chosen = options.parse_args(arguments)
    if chosen.shell == _PROVIDERS:
        print("\n".join(_provider_names()))
    else:
        print(_WRITERS[chosen.shell]({name: _words(name) for name in COMMANDS}))
    return 0


def _provider_names() -> list[str]:
    """None where the configuration can't be read: nobody sees an error at the Tab key."""
    with contextlib.suppress(CcrError):
        entries = provider_entries(raw_of(open_store(argparse.Namespace(config=None))))
        return [str(entry["name"]).strip() for entry in entries]
    return []


def _words(command: str) -> _Words:
    """Sub-commands and options, as the command's own help tells them."""
    if command in _PASSED_ON or command == "completion":
        return _Words()
    usage = _help(command)
    found = _ACTION.finditer(usage.partition("actions:")[2])
    names = [(m.group(1), *(m.group(2) or "").split(", ")) for m in found]
    actions = (_read(_help(command, n[0]), tuple(filter(None, n))) for n in names)
    return _read(usage, actions=tuple(actions))


def _help(*arguments: str) -> str:
    """The help of a command or an action, less its examples."""
    told = io.StringIO()
    module = import_module(f"ccr_desktop.cli.{arguments[0]}")
    with contextlib.redirect_stdout(told), contextlib.suppress(SystemExit):
        module.run([*arguments[1:], "--help"])
    return told.getvalue().partition("examples:")[0]


def _read(usage: str, names: tuple[str, ...] = (), actions: tuple[_Words, ...] = ()) -> _Words:
    return _Words(
        options=tuple(dict.fromkeys(_OPTION.findall(usage))),
        with_value=tuple(dict.fromkeys(_WITH_VALUE.findall(usage))),
        takes_provider="PROVIDER" in usage,
        names=names,
        actions=actions,
    )


def _with_value(words: _All) -> list[str]:
    every = (part for w in words.values() for part in (w, *w.actions))
    return sorted({option for part in every for option in part.with_value})


def _bash_cases(words: _All) -> Iterator[str]:
    """The actions of a command stand before the command itself, as the first that fits counts."""
    for name, command in words.items():
        for action in command.actions:
            places = "|".join(f"'{name} {each}'" for each in action.names)
            asked = f'$("${{COMP_WORDS[0]}}" completion {_PROVIDERS} 2>/dev/null) '
            offered = (asked if action.takes_provider else "") + " ".join(action.options)
            yield f'    {places}) words="{offered}" ;;'
        if command.first:
            yield f"    '{name} '*) words='{' '.join(command.first)}' ;;"


def _bash(words: _All) -> str:
    cases = "\n".join(_bash_cases(words))
    return f"""\
_ccr() {{
  local words='{" ".join(words)} --help --version' action=''
  case "${{COMP_WORDS[COMP_CWORD-1]}}" in
    {"|".join(_with_value(words))}) COMPREPLY=(); return ;;
  esac
  [ "$COMP_CWORD" -gt 2 ] && action="${{COMP_WORDS[2]}}"
  if [ "$COMP_CWORD" -gt 1 ]; then
    words=''
    case "${{COMP_WORDS[1]}} $action" in
{cases}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -o default -F _ccr ccr ccr-desktop"""


def _zsh(words: _All) -> str:
    load = "autoload -Uz compinit bashcompinit"
    start = "(( $+functions[compdef] )) || compinit -i; bashcompinit"
    return f"{load}\n{start}\n{_bash(words)}"


def _fish(words: _All) -> str:
    lines = [
        f"complete -c ccr -n __fish_use_subcommand -f -a {name} -d '{COMMANDS[name]}'"
        for name in words
    ]
    for name, command in words.items():
        lines += _fish_lines(name, command)
    lines.append("complete -c ccr-desktop -w ccr")
    return "\n".join(lines)


def _fish_lines(name: str, command: _Words) -> Iterator[str]:
    seen = f"__fish_seen_subcommand_from {name}"
    taken = " ".join(each for action in command.actions for each in action.names)
    first = f"{seen}; and not __fish_seen_subcommand_from {taken}" if taken else seen
    if command.first:
        yield f"complete -c ccr -n '{first}' -a '{' '.join(command.first)}'"
    for action in command.actions:
        here = f"{seen}; and __fish_seen_subcommand_from {' '.join(action.names)}"
        yield f"complete -c ccr -n '{here}' -a '{' '.join(action.options)}'"
        if action.takes_provider:  # alone, as a failure would take the options with it
            yield f"complete -c ccr -n '{here}' -f -a '(ccr completion {_PROVIDERS} 2>/dev/null)'"


def _powershell_list(words: Sequence[str]) -> str:
    return f"@({', '.join(repr(word) for word in words)})"


def _powershell(words: _All) -> str:
    table = {name: _powershell_list(command.first) for name, command in words.items()}
    with_provider = []
    for name, command in words.items():
        for action in command.actions:
            places = [f"{name} {each}" for each in action.names]
            table |= {place: _powershell_list(action.options) for place in places}
            with_provider += places if action.takes_provider else []
    entries = "; ".join(f"'{place}' = {offered}" for place, offered in table.items())
    return f"""\
Register-ArgumentCompleter -Native -CommandName ccr, ccr-desktop -ScriptBlock {{
  param($word, $ast, $position)
  $words = @{{ {entries} }}
  $parts = @($ast.CommandElements | ForEach-Object {{ "$_" }})
  if ($word) {{ $parts = @($parts | Select-Object -SkipLast 1) }}
  $place = "$($parts[1]) $($parts[2])"
  $isAction = $parts.Count -gt 2 -and $words.ContainsKey($place)
  $isKnown = $parts.Count -gt 1 -and $words.ContainsKey($parts[1])
  $offer = if ($isAction) {{ $words[$place] }}
    elseif ($isKnown) {{ $words[$parts[1]] }}
    else {{ $words.Keys | Where-Object {{ $_ -notlike '* *' }} }}
  if ($isAction -and {_powershell_list(with_provider)} -contains $place) {{
    $offer = @($offer) + @(ccr completion {_PROVIDERS} 2>$null)
  }}
  $offer | Where-Object {{ $_ -like "$word*" }} | Sort-Object
}}"""


_WRITERS: Mapping[str, Callable[[_All], str]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
    "powershell": _powershell,
}
