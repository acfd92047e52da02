"""`ccr config history`, `compare` and `restore`: what the file was, what changed, and back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from ccr_desktop.cli.changes import open_store
from ccr_desktop.cli.local_service import reload_running
from ccr_desktop.cli.output import print_json, print_table, shows_color
from ccr_desktop.core.config.origins import Origin, Source, Step, as_json
from ccr_desktop.core.setup.history import State, compare, find_state, states_of
from ccr_desktop.core.setup.setting_changes import MISSING

if TYPE_CHECKING:
    import argparse
    from datetime import datetime

    from ccr_desktop.cli.actions import Actions
    from ccr_desktop.core.setup.history import Comparison
    from ccr_desktop.core.setup.setting_changes import SettingChange

_COLORS = {"+": "\x1b[32m", "-": "\x1b[31m", "@": "\x1b[2m"}
_RESET = "\x1b[0m"
_SOURCES = {
    Source.WINDOW: "window",
    Source.COMMAND: "command",
    Source.FILE: "edited by hand",
    Source.IMPORT: "import",
    Source.PROGRAM: "program",
    Source.UNKNOWN: "not known",
}
_STEPS = {Step.UNDO: "undone: ", Step.REDO: "redone: ", Step.RESTORE: "restored: "}


def add_to(actions: Actions) -> None:
    history = actions.add(
        "history", "list what the file was after each change, and who made it", _history,
        aliases=["versions"],
    )  # fmt: skip
    compared = actions.add("compare", "tell what changed from one state to another", _compare)
    compared.add_argument("old", metavar="N", help="its number or name in `ccr config history`")
    compared.add_argument("new", nargs="?", default="0", metavar="M", help="default: 0, in force")
    compared.add_argument("--text", action="store_true", help="compare the lines of the text")
    restore = actions.add("restore", "make the file what it was at N", _restore)
    restore.add_argument("version", metavar="N", help="its number or name in `ccr config history`")
    for parser in (history, compared):
        parser.add_argument("--json", action="store_true", help="print JSON")


def _history(options: argparse.Namespace) -> int:
    states = states_of(open_store(options, tolerant=True))
    first = 0 if states and states[0].is_present else 1
    if options.json:
        print_json([_state_as_json(n, state) for n, state in enumerate(states, first)])
        return 0
    if not states:
        print("There is no file yet.")
        return 0
    rows = [
        (f"{n:>2}", _time(state.made_at), _SOURCES[state.origin.source], _words(state), state.name)
        for n, state in enumerate(states, first)
    ]
    print_table(rows, ("N", "made at", "by", "what", "name"))
    return 0


def _words(state: State) -> str:
    words = f"{_STEPS.get(state.origin.step, '')}{state.origin.words}"
    if state.is_in_force:
        return f"{words or '-'}  (in force)"
    return f"{words or '-'}  (can't be used)" if state.is_present else words or "-"


def _time(at: datetime | None) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M:%S}" if at else "earlier"


def _state_as_json(number: int, state: State) -> dict[str, Any]:
    return {
        "number": number,
        "name": state.name,
        "made_at": state.made_at.isoformat() if state.made_at else None,
        "kept_at": state.until.isoformat() if state.until else None,
        "bytes": state.size,
        "in_force": state.is_in_force,
        "origin": as_json(state.origin),
    }


def _compare(options: argparse.Namespace) -> int:
    states = states_of(open_store(options, tolerant=True))
    found = compare(find_state(states, options.old), find_state(states, options.new))
    if options.json:
        changes = [_change_as_json(change) for change in found.changes]
        print_json({"changes": changes, "lines": list(found.lines)})
    elif options.text or not found.is_readable:
        _print_lines(found)
    elif found.changes:
        print_table([(change.where, _values(change)) for change in found.changes])
    else:
        print("The settings are the same." + (" Their text is not." if found.lines else ""))
    return 0


def _print_lines(found: Comparison) -> None:
    uses_color = shows_color(sys.stdout)
    for line in found.lines:
        color = _COLORS.get(line[:1], "") if uses_color else ""
        print(f"{color}{line}{_RESET if color else ''}")
    if not found.lines:
        print("The texts are the same.")


def _values(change: SettingChange) -> str:
    if change.is_secret:
        return "(another secret)"
    return f"{value_text(change.before)} → {value_text(change.after)}"


def value_text(value: Any) -> str:
    """A value on one line."""
    match value:
        case _ if value is MISSING:
            return "(nothing)"
        case list() if all(isinstance(item, str) for item in value):
            return f"[{', '.join(value)}]"
        case dict() if isinstance(value.get("name"), str):
            return f"{{{value['name']}, …}}"
        case dict() | list():
            return "{…}" if isinstance(value, dict) else "[…]"
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)


def _change_as_json(change: SettingChange) -> dict[str, Any]:
    both = (("before", change.before), ("after", change.after))
    values = {name: value for name, value in both if value is not MISSING}
    return {"where": change.where, "is_secret": change.is_secret, **values}


def _restore(options: argparse.Namespace) -> int:
    store = open_store(options, tolerant=True)
    state = find_state([s for s in states_of(store) if not s.is_present], options.version)
    with store.noting(Origin(Source.COMMAND, _time(state.made_at), Step.RESTORE)):
        store.restore(state.name)
    print(f"Restored {state.name} to {store.save_path}.")
    reload_running(store.config)
    return 0
