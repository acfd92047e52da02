"""The history in words: who made a state, and what a setting was before and after."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.config.origins import Source, Step
from ccr_desktop.core.config.schema import SCENARIOS
from ccr_desktop.core.setup.setting_changes import MISSING
from ccr_desktop.desktop import figures, lists
from ccr_desktop.desktop.pages.routes.rules.sentences import sentence
from ccr_desktop.desktop.phrases import put_together
from ccr_desktop.desktop.said_before import again
from ccr_desktop.desktop.setting_places import ALL_PLACES, title_of
from ccr_desktop.desktop.work_words import work_words

if TYPE_CHECKING:
    from datetime import datetime

    from ccr_desktop.core.config.origins import Origin
    from ccr_desktop.core.setup.history import State
    from ccr_desktop.core.setup.setting_changes import SettingChange

_tr = QCoreApplication.translate
_LONGEST = 160
_AROUND_MANY = {"Providers", "providers", "Router"}


def made_words(origin: Origin) -> str:
    """What was done to come to a state: `Main model: kimi`."""
    match origin.source, origin.step:
        case Source.WINDOW, Step.UNDO:
            return _tr("History", "Undone: {words}").format(words=again(origin.words))
        case Source.WINDOW, Step.REDO:
            return _tr("History", "Redone: {words}").format(words=again(origin.words))
        case Source.WINDOW, _ if origin.words:
            return again(origin.words)
        case Source.COMMAND, Step.RESTORE:
            return _tr("History", "Restored the settings of {time}").format(time=origin.words)
        case Source.IMPORT, _:
            return _tr("History", "Imported {file}").format(file=origin.words)
        case Source.FILE, _:
            return _tr("History", "The file was edited")
        case Source.PROGRAM, _:
            return _tr("History", "Changed by another program")
        case Source.UNKNOWN, _:
            return _tr("History", "Kept by an earlier version")
        case _:
            return origin.words or _tr("History", "Changed")


def source_words(source: Source) -> str:
    known = {
        Source.WINDOW: _tr("History", "in the window"),
        Source.COMMAND: _tr("History", "by a command"),
        Source.FILE: _tr("History", "outside of the window"),
        Source.IMPORT: _tr("History", "by an import"),
        Source.PROGRAM: _tr("History", "through the router's own paths"),
    }
    return known.get(source, "")


def time_words(at: datetime | None) -> str:
    return _tr("History", "earlier") if at is None else figures.stamp(at.timestamp())


def state_words(state: State) -> str:
    """A state in one line, for choosing it."""
    words = lists.titled(time_words(state.made_at), made_words(state.origin))
    if state.is_in_force:
        return _tr("History", "In force: {words}").format(words=words)
    return _tr("History", "In the file: {words}").format(words=words) if state.is_present else words


def setting_words(change: SettingChange) -> str:
    """The name of a setting as the window has it, else its place in the file."""
    match change.path:
        case ("Router", str(work)) if work in SCENARIOS:
            return work_words(work)
        case ("routeSets", str(name), str(work)) if work in SCENARIOS:
            return lists.titled(name, work_words(work))
        case ("Providers" | "providers", "order"):
            return _tr("History", "Order of the providers")
        case ("Providers" | "providers", str(name)):
            return _tr("History", "Provider {name}").format(name=name)
        case ("Providers" | "providers", str(name), str(key), *rest):
            return lists.titled(name, _member_words(key, rest))
        case ("transformers", str(file), *rest):
            return _within("transformers", [Path(file).name, *rest])
        case ("Router", "rules", "order"):
            return _tr("History", "Order of the rules")
        case ("Router", "rules", str(name)):
            return _tr("History", "Rule {name}").format(name=name)
        case ("Router", "rules", str(name), str(key), *rest):
            return lists.titled(name, _within(f"Router.rules[].{key}", rest))
        case _:
            return _nearest_words(change)


def _nearest_words(change: SettingChange) -> str:
    """By the innermost setting that the window has a name for; else the place in the file."""
    for depth in range(len(change.path), 0, -1):
        setting = ".".join(map(str, change.path[:depth]))
        if setting in ALL_PLACES and setting not in _AROUND_MANY:
            return _within(setting, list(change.path[depth:]))
    return change.where


def _within(setting: str, names: list[str | int]) -> str:
    """A setting, and where in it: `Compatibility fixes (maxtoken, max_tokens)`."""
    title = title_of(setting) if setting in ALL_PLACES else setting.rpartition(".")[2]
    return _with(title, names)


def _with(title: str, names: list[str | int]) -> str:
    """Elements without a name are numbered as lists of the window are."""
    shown = [name + 1 if isinstance(name, int) else name for name in names]
    about = [str(name) for name in shown if name not in {"use", "options"}]
    if about and names[-1] == "order":
        about[-1] = _tr("History", "order")
    return lists.aside(title, lists.names(about)) if about else title


def _member_words(key: str, names: list[str | int]) -> str:
    """A setting of a provider, whose name stands before it."""
    known = {
        "api_key": _tr("History", "Key"),
        "api_keys": _tr("History", "Keys"),
        "api_base_url": _tr("History", "Address"),
        "models": _tr("History", "Models"),
        "paused": _tr("History", "Switched off"),
    }
    return _with(known[key], names) if key in known else _within(f"Providers[].{key}", names)


def change_words(change: SettingChange) -> str:
    """What happened to a setting: `a → b`, `added`, `removed`."""
    before, after = change.before, change.after
    if change.is_secret:
        return _tr("History", "another secret, which is not shown")
    if change.path[-1:] == ("rules",) and (words := _rules_words(before, after)):
        return words
    if isinstance(after, dict) and before is MISSING:
        return _tr("History", "added")
    if after is MISSING:
        if isinstance(before, dict):
            return _tr("History", "removed")
        return _tr("History", "{value} removed").format(value=value_words(before))
    if isinstance(before, list) and isinstance(after, list) and _are_texts(before, after):
        return _list_words(before, after)
    return f"{value_words(before)} → {value_words(after)}"


def _rules_words(before: Any, after: Any) -> str:
    """Which rules came and went, as sentences; empty where these do not tell the difference."""
    was, now = ([] if rules is MISSING else rules for rules in (before, after))
    if not (isinstance(was, list) and isinstance(now, list)):
        return ""
    said, says = ([_rule_words(rule) for rule in rules] for rules in (was, now))
    came, went = Counter(says) - Counter(said), Counter(said) - Counter(says)
    signs = [f"+ {words}" for words in came.elements()]
    signs += [f"− {words}" for words in went.elements()]
    if not signs and all(rule in now for rule in was):
        return _tr("History", "in another order")
    return _cut(put_together(signs))


def _rule_words(rule: Any) -> str:
    match rule:
        case {"name": str(name)} if name:
            return lists.titled(name, sentence(rule))
        case _:
            return sentence(rule)


def _are_texts(*lists: list[Any]) -> bool:
    return all(isinstance(item, str) for items in lists for item in items)


def _list_words(before: list[str], after: list[str]) -> str:
    """What came and went, for lists that are long; the order where nothing did."""
    came = [item for item in after if item not in before]
    went = [item for item in before if item not in after]
    if not (came or went) or len(before) + len(after) < 4:
        return f"{value_words(before)} → {value_words(after)}"
    signs = [f"+ {item}" for item in came] + [f"− {item}" for item in went]
    return _cut(lists.names(signs))


def value_words(value: Any) -> str:
    match value:
        case _ if value is MISSING:
            return _tr("History", "not set")
        case None | "" | []:
            return _tr("History", "nothing")
        case bool():
            return _tr("History", "on") if value else _tr("History", "off")
        case list():
            return _cut(lists.names(value_words(item) for item in value))
        case {"name": str(name)}:
            return name
        case dict():
            members = (lists.titled(key, value_words(item)) for key, item in value.items())
            return _cut(lists.names(members))
        case _:
            return _cut(str(value))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
