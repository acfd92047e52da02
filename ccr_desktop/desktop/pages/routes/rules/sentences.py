"""A rule as one sentence: "When the folder is ~/clients/acme, use only acme."."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.setup.route_lists import route_texts
from ccr_desktop.desktop import figures, lists
from ccr_desktop.desktop.state import model_of, provider_of
from ccr_desktop.desktop.widgets.title_lines import middle_out

_tr = QCoreApplication.translate
_LACKING = "…"
_CHINESE = "[\\u4e00-\\u9fff]"
_PLACE = re.compile(rf"(?P<before>(?<={_CHINESE}))?{{(?P<name>[a-z]+)}}(?P<after>(?={_CHINESE}))?")


def sentence(rule: Any) -> str:
    """What *rule* does, as far as it can be read; what can't be is shown as it is written."""
    if not isinstance(rule, Mapping):
        return as_text(rule)
    conditions = conditions_of(rule)
    actions = _actions(rule)
    does = joined(actions) if actions else _tr("Rules", "do nothing")
    if not conditions:
        return _tr("Rules", "Always {actions}.").format(actions=does)
    text = _tr("Rules", "When {conditions}, {actions}.")
    return _filled(text, conditions=conditions, actions=does)


def short_sentence(rule: Any, most: int) -> str:
    """The sentence in about *most* signs: the conditions give way first, in the middle."""
    said, when = sentence(rule), conditions_of(rule)
    if len(said) > most and when:
        kept = max(0, most - (len(said) - len(when)))
        said = said.replace(when, middle_out(when, kept), 1)
    return said if len(said) <= most + 1 else middle_out(said, most)


def conditions_of(rule: Any) -> str:
    """The part of its sentence that says when it holds; empty for one that always does."""
    return joined(_conditions(rule.get("when"))) if isinstance(rule, Mapping) else ""


def _filled(text: str, **parts: str) -> str:
    """*text* with its parts; a space stands between Chinese and what is in other letters."""

    def put(place: re.Match[str]) -> str:
        part = parts[place["name"]]
        left = " " if place["before"] is not None and part[:1].isascii() else ""
        right = " " if place["after"] is not None and part[-1:].isascii() else ""
        return f"{left}{part}{right}"

    return _PLACE.sub(put, text)


def as_text(value: Any) -> str:
    """A value as the file writes it, on one line."""
    return json.dumps(value, ensure_ascii=False, default=str)


def joined(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    text = _tr("Rules", "{first} and {last}")
    return _filled(text, first=lists.phrases(parts[:-1]), last=parts[-1])


def either(parts: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    if len(parts) < 2:
        return "".join(parts)
    text = _tr("Rules", "{first} or {last}")
    return _filled(text, first=lists.names(parts[:-1]), last=parts[-1])


# -- conditions ----------------------------------------------------------------------------


def _conditions(when: Any) -> list[str]:
    if when is None:
        return []
    if not isinstance(when, Mapping):
        return [as_text(when)]
    return [condition(name, value) for name, value in when.items()]


def condition(name: str, value: Any) -> str:
    """One condition in words."""
    found = _SAID.get(name)
    try:
        return found(value) if found else _odd(name, value)
    except (TypeError, ValueError, AttributeError):  # the wrong kind of value
        return _odd(name, value)


def _odd(name: str, value: Any) -> str:
    return f"{name} = {as_text(value)}"


def _alternatives(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def _texts(value: Any) -> str:
    found = _alternatives(value)
    if not found or not all(isinstance(item, str) for item in found):
        raise TypeError
    return either([item or _LACKING for item in found])


def _quoted(value: Any) -> str:
    found = _alternatives(value)
    if not found or not all(isinstance(item, str) for item in found):
        raise TypeError
    return either([_tr("Rules", "“{text}”").format(text=item or _LACKING) for item in found])


def _flag(value: Any, when_true: str, when_false: str) -> str:
    if not isinstance(value, bool):
        raise TypeError
    return when_true if value else when_false


def _pairs(value: Any, said: Callable[[Any], str]) -> str:
    items = [
        _tr("Rules", "{name} is {value}").format(
            name=name, value=either([said(each) for each in _alternatives(wanted)])
        )
        for name, wanted in value.items()
    ]
    return joined(items) if items else _LACKING


def _scalar(value: Any) -> str:
    return value if isinstance(value, str) else as_text(value)


def _of_header(value: Any) -> str:
    """All values of headers are texts: a number needs no quotes."""
    return _scalar(value) if str(value).strip() else as_text(value)


def _spans(value: Any) -> str:
    found = []
    for span in _alternatives(value):
        begin, _, end = span.partition("-")
        text = _tr("Rules", "between {begin} and {end}")
        found.append(text.format(begin=begin.strip(), end=end.strip()))
    return _tr("Rules", "it is {spans}").format(spans=either(found))


def _tokens(value: Any) -> str:
    return figures.count(int(value))


_SAID: dict[str, Callable[[Any], str]] = {
    "model": lambda v: _tr("Rules", "the model asked for is {names}").format(names=_texts(v)),
    "tokensOver": lambda v: _tr("Rules", "more than {tokens} tokens are sent").format(
        tokens=_tokens(v)
    ),
    "tokensUnder": lambda v: _tr("Rules", "fewer than {tokens} tokens are sent").format(
        tokens=_tokens(v)
    ),
    "tool": lambda v: _tr("Rules", "the tool {names} is offered").format(names=_texts(v)),
    "header": lambda v: _tr("Rules", "the header {pairs}").format(pairs=_pairs(v, _of_header)),
    "contains": lambda v: _tr("Rules", "the message contains {words}").format(words=_quoted(v)),
    "folder": lambda v: _tr("Rules", "the folder is {folders}").format(folders=_texts(v)),
    "agent": lambda v: _tr("Rules", "the helper agent is {names}").format(names=_texts(v)),
    "hasImage": lambda v: _flag(
        v, _tr("Rules", "a picture is sent"), _tr("Rules", "no picture is sent")
    ),
    "thinking": lambda v: _tr("Rules", "the request shows {signs}").format(signs=_texts(v)),
    "field": lambda v: _tr("Rules", "the field {pairs}").format(pairs=_pairs(v, _told_apart)),
    "time": _spans,
    "stream": lambda v: _flag(
        v, _tr("Rules", "the answer is streamed"), _tr("Rules", "the answer is not streamed")
    ),
}


# -- actions -------------------------------------------------------------------------------


def _actions(rule: Mapping[str, Any]) -> list[str]:
    found = (_ACTIONS[name](rule[name]) for name in _ACTIONS if rule.get(name) not in _NOTHING)
    return [action for action in found if action]


_NOTHING: tuple[Any, ...] = (None, "", [], {})


def _route(value: Any) -> str:
    routes = route_texts(value)
    if not routes:
        return _odd("route", value)
    first, *rest = routes
    said = _tr("Rules", "use {model} from {provider}").format(
        model=model_of(first), provider=provider_of(first)
    )
    if not rest:
        return said
    text = _tr("Rules", "{use} (backup: {models})")
    return text.format(use=said, models=lists.names(model_of(route) for route in rest))


def _names(value: Any) -> list[str]:
    return [_scalar(item) for item in _alternatives(value)]


def _set(value: Any) -> str:
    if not isinstance(value, Mapping):
        return _odd("set", value)
    return joined([_one_set(path, wanted) for path, wanted in value.items()])


def _one_set(path: str, value: Any) -> str:
    if value is None:
        return _tr("Rules", "leave out {field}").format(field=path)
    return _tr("Rules", "set {field} to {value}").format(field=path, value=_told_apart(value))


def _told_apart(value: Any) -> str:
    """A text, in quotes where it would read as a number, yes or no, or nothing at all."""
    return as_text(value) if isinstance(value, str) and _reads_otherwise(value) else _scalar(value)


def _reads_otherwise(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return not text.strip()
    return True


def _use(value: Any) -> str:
    names = [
        item[0] if isinstance(item, list) and item and isinstance(item[0], str) else _scalar(item)
        for item in _alternatives(value)
    ]
    return _tr("Rules", "apply the fix {names}").format(names=joined(names))


_ACTIONS: dict[str, Callable[[Any], str]] = {
    "route": _route,
    "only": lambda v: _tr("Rules", "use only {names}").format(names=either(_names(v))),
    "never": lambda v: _tr("Rules", "never use {names}").format(names=either(_names(v))),
    "block": lambda v: _tr("Rules", "refuse it with “{text}”").format(
        text=_scalar(v).removesuffix(".")
    ),
    "set": _set,
    "use": _use,
}
