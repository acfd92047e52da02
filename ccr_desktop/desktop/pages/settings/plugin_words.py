"""How the user's own code is described in words."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.desktop import lists
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.pages.settings.plugin_records import Load
from ccr_desktop.desktop.phrases import put_together

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccr_desktop.core.transformers.rehearsal import Step
    from ccr_desktop.core.transformers.trying import Tried
    from ccr_desktop.desktop.pages.settings.plugin_records import PluginSeen
    from ccr_desktop.desktop.widgets.state import State


def state_of(load: Load) -> tuple[State, str]:
    """The shape of a state and its word."""
    states: dict[Load, tuple[State, str]] = {
        Load.LOADED: ("running", _tr("Loaded")),
        Load.FAILED: ("attention", _tr("Can't be loaded")),
        Load.UNMADE: ("attention", _tr("Fails")),
        Load.MISSING: ("attention", _tr("File not there")),
        Load.BUILT_IN: ("running", _tr("Built in")),
        Load.UNREADABLE: ("attention", _tr("Names no file")),
        Load.WAITING: ("busy", _tr("Not loaded yet")),
    }
    return states[load]


def about(plugin: PluginSeen) -> str:
    """What it does and who uses it; or what becomes of requests without it."""
    match plugin.load:
        case Load.FAILED | Load.MISSING:
            return _tr("Requests that need it fail until it can be loaded.")
        case Load.UNMADE:
            return _tr("Its code fails as soon as it is wanted: requests that need it fail.")
        case Load.BUILT_IN:
            says = _tr("CCR Desktop has this one itself: nobody looks into the file.")
            return put_together((says, _use(plugin)))
        case Load.UNREADABLE:
            return _tr("This entry of the settings has no path.")
        case Load.WAITING:
            return _tr("The router loads it at once, unless the settings have errors.")
        case _:
            return put_together((_does(plugin), _use(plugin)))


def problem_line(problem: str) -> str:
    """What went wrong, of a traceback: its last line."""
    return in_words(problem.strip().rpartition("\n")[2])


def told(tried: Sequence[Tried]) -> str:
    """What a try did, as lines of a diff below the names of the hooks."""
    return "\n\n".join(_one_told(one) for one in tried)


def _one_told(one: Tried) -> str:
    if not one.steps:
        return _tr("# {name}: only a name, without hooks").format(name=one.name)
    return "\n\n".join(f"# {one.name}.{step.hook}\n{_step_told(step)}" for step in one.steps)


def _step_told(step: Step) -> str:
    if step.problem:
        lines = _tr("failed: {problem}").format(problem=step.problem).splitlines()
        return "\n".join(f"- {line}" for line in lines)
    return "\n".join(_difference(step)) or "  " + _tr("changes nothing here")


def _difference(step: Step) -> Iterator[str]:
    before, after = step.before.splitlines(), step.after.splitlines()
    for line in difflib.unified_diff(before, after, lineterm="", n=2):
        if not line.startswith(("---", "+++", "@@")):
            yield line


def _does(plugin: PluginSeen) -> str:
    hooks = {hook for one in plugin.found for hook in one.hooks}
    words = [word for hook, word in _hooks().items() if hook in hooks]
    does = lists.clauses(dict.fromkeys(words))
    if not does:
        return ""
    return _tr("{does}.").format(does=f"{does[:1].upper()}{does[1:]}")


def _use(plugin: PluginSeen) -> str:
    if not plugin.found:
        return ""
    if not plugin.used_by:
        return _tr("No provider uses it yet: choose it there, under compatibility fixes.")
    return _tr("Used by {names}.").format(names=lists.names(plugin.used_by))


def _hooks() -> dict[str, str]:
    """What each hook is there for; the last three are claude-code-router's."""
    gets, headers = _tr("changes what the provider gets"), _tr("changes address and headers")
    answers = _tr("changes answers")
    return {
        "request": _tr("changes requests"),
        "upstream_request": gets,
        "upstream_call": headers,
        "open": answers,
        "transformRequestIn": gets,
        "auth": headers,
        "transformResponseOut": answers,
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("Plugins", text)
