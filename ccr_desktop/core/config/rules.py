"""Reading `Router.rules`: the user's own rules."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.core.config.conditions import BY_NAME, SIGNS_WITH_A_WORD, Condition, Values
from ccr_desktop.core.config.contradictions import contradictions
from ccr_desktop.core.config.fields import shown, whole_number
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.rule_actions import (
    is_switched_on,
    note_no_path,
    read_changes,
    read_uses,
)
from ccr_desktop.core.config.schema import OwnRule
from ccr_desktop.core.config.settings import keys_of
from ccr_desktop.core.config.spans import is_span
from ccr_desktop.core.config.spelling import did_you_mean, nearest, unknown_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccr_desktop.core.config.routes import RouteReader
    from ccr_desktop.core.protocol.json import JsonObject

_ACTIONS = ("route", "only", "never", "block", "set", "use")
_FORBIDDING = ("only", "never", "block")
_NOT_THERE = object()
_HEADER_NAME = re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII)


def read_rules(found: Any, where: str, reader: RouteReader) -> tuple[OwnRule, ...]:
    """The rules in their order, without those that are switched off.

    A wrong one is an error: it may be there to forbid something.
    """
    if found is None:
        return ()
    if not isinstance(found, list):
        hint = "A list of rules is allowed."
        reader.issues.append(Issue(where, f"found {shown(found)}.", hint))
        return ()
    rules = []
    for index, entry in enumerate(found):
        if isinstance(entry, dict):
            rule = _read_rule(entry, f"{where}[{index}]", index, reader)
            rules += [rule] if rule else []
        else:
            hint = 'Write {"name": …, "when": {…}, "route": "provider,model"}.'
            reader.issues.append(Issue(f"{where}[{index}]", f"found {shown(entry)}.", hint))
    given = {f"{where}[{i}]" for i, e in enumerate(found) if isinstance(e, dict) and e.get("when")}
    _note_unreached(rules, given, reader.issues)
    return tuple(rules)


def refuse_hidden_prohibitions(
    found: JsonObject, known: Iterable[str], where: str, issues: list[Issue]
) -> JsonObject:
    """*found* without the unknown keys that hold rules which forbid: those are errors.

    Whoever wrote them relies on them, so a file whose `rules` are misspelt must not be used.
    """
    known = tuple(known)
    hiding = [key for key in unknown_keys(found, known) if _holds_prohibition(found[key])]
    for key in hiding:
        hint = f"{did_you_mean(key, known)}Until it is right, nothing would be forbidden."
        problem = "there is no such setting, and it holds rules that forbid."
        issues.append(Issue(f"{where}.{key}" if where else key, problem, hint))
    return {key: value for key, value in found.items() if key not in hiding}


def _holds_prohibition(found: Any) -> bool:
    if isinstance(found, dict):
        is_rule = any(nearest(key, _FORBIDDING) for key in found)
        return is_rule or any(map(_holds_prohibition, found.values()))
    return isinstance(found, list) and any(map(_holds_prohibition, found))


def _note_unreached(rules: list[OwnRule], given: set[str], issues: list[Issue]) -> None:
    """A rule without conditions takes everything; only prohibitions hold behind it, too.

    *given* are the places of the rules that have conditions, be they right or wrong.
    """
    choosing = [rule for rule in rules if rule.routes]
    takes_all = next((rule for rule in choosing if rule.where not in given), None)
    if takes_all and (lost := choosing[choosing.index(takes_all) + 1 :]):
        names = ", ".join(repr(rule.name) for rule in lost)
        problem = f"{takes_all.name!r} has no conditions and takes everything before {names}."
        hint = "Give it `when`, or put it behind the other rules."
        issues.append(Issue(takes_all.where, problem, hint, "warning"))


def _read_rule(entry: JsonObject, where: str, index: int, reader: RouteReader) -> OwnRule | None:
    """The rule; None for one that is switched off, whose mistakes can do no harm."""
    issues, before = reader.issues, len(reader.issues)
    rule = _rule(entry, where, index, reader)
    if is_switched_on(entry.get("enabled"), f"{where}.enabled", issues):
        return rule
    issues[before:] = [replace(issue, severity="warning") for issue in issues[before:]]
    return None


def _rule(entry: JsonObject, where: str, index: int, reader: RouteReader) -> OwnRule:
    issues = reader.issues
    _refuse_unknown_keys(entry, where, issues)
    if not any(_says(entry.get(action)) for action in _ACTIONS):
        hint = f"Give it one of: {', '.join(_ACTIONS)}."
        issues.append(Issue(where, "this rule does nothing.", hint))
    else:
        _refuse_empty_prohibitions(entry, where, issues)
    return OwnRule(
        name=_text(entry.get("name"), f"{where}.name", issues) or f"rule {index + 1}",
        when=_conditions(entry.get("when", _NOT_THERE), f"{where}.when", issues),
        routes=reader.routes(entry.get("route"), f"{where}.route"),
        only=reader.provider_names(entry.get("only"), f"{where}.only"),
        never=reader.provider_names(entry.get("never"), f"{where}.never"),
        block=_text(entry.get("block"), f"{where}.block", issues),
        changes=read_changes(entry.get("set"), f"{where}.set", issues),
        chain=read_uses(entry.get("use"), where, issues, has_plugins=reader.has_plugins),
        where=where,
    )


def _refuse_empty_prohibitions(entry: JsonObject, where: str, issues: list[Issue]) -> None:
    empty: list[str] = [
        key for key in ("only", "never") if key in entry and entry[key] in (None, [])
    ]
    if entry.get("block", False) is not False and not _says(entry["block"]):
        empty.append("block")
    for key in empty:
        hint = "Say what, or leave it out."
        issues.append(Issue(f"{where}.{key}", "it forbids nothing.", hint))


def _says(found: Any) -> bool:
    return bool(found.strip() if isinstance(found, str) else found)


def _refuse_unknown_keys(entry: JsonObject, where: str, issues: list[Issue]) -> None:
    """Unlike elsewhere an error: behind a misspelled key there may be a prohibition."""
    known = keys_of("Router.rules[]")
    for key in unknown_keys(entry, known):
        hint = f"{did_you_mean(key, known)}Allowed: {', '.join(known)}."
        issues.append(Issue(f"{where}.{key}", "rules have no such member.", hint))


def _text(found: Any, where: str, issues: list[Issue]) -> str:
    if found is None or isinstance(found, str):
        return (found or "").strip()
    issues.append(Issue(where, f"found {shown(found)}.", "A text is allowed."))
    return ""


def _conditions(found: Any, where: str, issues: list[Issue]) -> JsonObject:
    if found is _NOT_THERE:
        return {}
    if not isinstance(found, dict) and found is not None:
        hint = "An object of conditions is allowed."
        issues.append(Issue(where, f"found {shown(found)}.", hint))
        return {}
    if not found:
        hint = "Add a condition, or leave out `when` where that is meant."
        problem = "there is no condition, so the rule holds for every request."
        issues.append(Issue(where, problem, hint, "warning"))
    conditions: JsonObject = {}
    for name, value in (found or {}).items():
        condition = BY_NAME.get(name)
        if condition is None:
            hint = f"{did_you_mean(name, BY_NAME)}Allowed: {', '.join(BY_NAME)}."
            issues.append(Issue(f"{where}.{name}", f"there is no condition {shown(name)}.", hint))
        elif (read := _value(condition, value, f"{where}.{name}", issues)) is not None:
            conditions[name] = read
    issues += contradictions(conditions, where)
    return conditions


def _value(condition: Condition, found: Any, where: str, issues: list[Issue]) -> Any:
    """The value as it was found, numerals as numbers; None when it is none that is allowed."""
    if condition.values is Values.NUMBER:
        number = whole_number(found)
        found = number if number is not None and number > 0 else found
    if not _FITS[condition.values](found):
        hint = f"Allowed is {condition.values.value}, for example {condition.example}."
        issues.append(Issue(where, f"found {shown(found)}.", hint))
        return None
    if condition.choices:
        _note_unknown_signs(condition, found, where, issues)
    if condition.name == "folder":
        _note_wrong_folders(found, where, issues)
    if condition.values is Values.BY_NAME:
        _note_no_names(condition, found, where, issues)
    return found


def _note_unknown_signs(condition: Condition, found: Any, where: str, issues: list[Issue]) -> None:
    beginnings = tuple(choice for choice in condition.choices if choice.endswith(":"))
    for text in found if isinstance(found, list) else [found]:
        if text not in condition.choices and not text.startswith(beginnings):
            hint = f"Allowed: {', '.join(condition.choices)} with a word behind the colon."
            issues.append(Issue(where, f"no request shows {shown(text)}.", hint))
        else:
            note_unknown_word(text, where, issues)


def note_unknown_word(sign: str, where: str, issues: list[Issue]) -> None:
    """A misspelt `effort:hihg` never holds, so that such a rule would do and forbid nothing."""
    if ":" in sign and "*" not in sign and sign not in SIGNS_WITH_A_WORD:
        kind = sign.partition(":")[0]
        known = [each for each in SIGNS_WITH_A_WORD if each.startswith(f"{kind}:")]
        hint = f"{did_you_mean(sign, known)}Known are {', '.join(known)}."
        problem = f"no request is known to show {shown(sign)}."
        issues.append(Issue(where, problem, hint, "warning"))


def _note_wrong_folders(found: Any, where: str, issues: list[Issue]) -> None:
    """No client works in what is not a whole path, so such a rule would forbid nothing. One about a
    folder that is not there holds by its name, but nobody may ever come by it.
    """
    for index, text in enumerate(found if isinstance(found, list) else [found]):
        path = paths.expanded(text.strip())
        if not path.root and not text.strip().startswith("*"):
            hint = "Write the whole path, or begin with ~."
            issues.append(Issue(where, f"{shown(text)} is not the whole path of a folder.", hint))
        elif "*" not in text and not paths.is_folder(path):
            place = f"{where}[{index}]" if isinstance(found, list) else where
            problem = f"there is no folder {text.strip()}."
            issues.append(Issue(place, problem, "Correct the path, or remove it.", "warning"))


def _note_no_names(condition: Condition, found: Any, where: str, issues: list[Issue]) -> None:
    """No request has what can have no such name, so such a rule would forbid nothing."""
    for name in found:
        if condition.name == "header" and not _HEADER_NAME.fullmatch(name):
            hint = "Names have letters, digits, - and _; values have no line ends."
            issues.append(Issue(f"{where}.{name}", "this is no header.", hint))
        elif condition.name == "field":
            note_no_path(name, f"{where}.{name}", issues)


def _are_texts(found: Any) -> bool:
    items = found if isinstance(found, list) else [found]
    return bool(items) and all(isinstance(item, str) and item.strip() for item in items)


def _are_spans(found: Any) -> bool:
    items = found if isinstance(found, list) else [found]
    return bool(items) and all(isinstance(item, str) and is_span(item) for item in items)


def _is_by_name(found: Any) -> bool:
    return isinstance(found, dict) and bool(found) and all(_is_simple(v) for v in found.values())


def _is_simple(value: Any) -> bool:
    items = value if isinstance(value, list) else [value]
    return bool(items) and all(isinstance(item, str | int | float | bool) for item in items)


_FITS = {
    Values.TEXTS: _are_texts,
    Values.NUMBER: lambda found: type(found) is int and found > 0,
    Values.FLAG: lambda found: isinstance(found, bool),
    Values.BY_NAME: _is_by_name,
    Values.TIMES: _are_spans,
}
