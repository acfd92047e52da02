"""A value changes in a file with comments, however its keys are written: every comment stays."""

import json
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.config.patching import patched
from ccr_desktop.core.config.syntax import parse_value
from tests.support.examples import one_in

_NAMES = st.sampled_from(
    ["PORT", "a", "$b", "größe", "x y", "it's", 'say "hi"', "a\\b", "", "ключ"]
)
_SCALARS = st.sampled_from([True, False, None, 0, 1, 1.5, "", "m", "it's", "a\\b"])
_TREES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=4),
    max_leaves=12,
)


def _spellings(key: str) -> list[str]:
    found = [json.dumps(key), json.dumps(key, ensure_ascii=False)]
    for quote in "\"'":
        found.append(
            _quoted(quote, [f"\\{each}" if each in (quote, "\\") else each for each in key])
        )
        found.append(_quoted(quote, [f"\\u{ord(each):04x}" for each in key]))
        if key.isascii():
            found.append(_quoted(quote, [f"\\x{ord(each):02x}" for each in key]))
    return [*found, key] if key.isidentifier() or key == "$b" else found


def _quoted(quote: str, pieces: list[str]) -> str:
    return f"{quote}{''.join(pieces)}{quote}"


class _Writer:
    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._count = 0

    def written(self, value: Any) -> str:
        match value:
            case dict():
                members = [f"{self._key(key)}: {self.written(each)}" for key, each in value.items()]
                return self._around("{", members, "}")
            case list():
                return self._around("[", [self.written(each) for each in value], "]")
            case _:
                return json.dumps(value)

    def _key(self, key: str) -> str:
        return self._draw(st.sampled_from(_spellings(key)))

    def _around(self, opens: str, members: list[str], closes: str) -> str:
        lines = [f"{member}, {self._comment()}" for member in members]
        return "\n".join([f"{opens} {self._comment()}", *lines, closes])

    def _comment(self) -> str:
        self._count += 1
        text = f"note {self._count} of mine"
        return self._draw(st.sampled_from([f"// {text}", f"/* {text} */"]))


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The places of all values that hold no other."""
    match value:
        case dict():
            return [p for key, each in value.items() for p in _places(each, (*path, key))]
        case list():
            return [p for n, each in enumerate(value) for p in _places(each, (*path, n))]
        case _:
            return [path]


@st.composite
def _changes(draw: st.DrawFn) -> tuple[str, Any]:
    """A text, and its content with another value at one place."""
    tree = draw(st.dictionaries(_NAMES, _TREES, min_size=1, max_size=5).filter(_places))
    writer = _Writer(draw)
    text = writer.written(tree)
    new = json.loads(json.dumps(tree))
    *path, last = draw(st.sampled_from(_places(tree)))
    around = new
    for part in path:
        around = around[part]
    around[last] = draw(st.sampled_from(["another", 7, False]))
    return text, new


@one_in(2)
@given(_changes())
def test_all_comments_stay_however_the_keys_are_written(change: tuple[str, Any]) -> None:
    text, new = change

    found = patched(text.encode(), new)

    assert found is not None
    assert parse_value(found.decode()) == new
    assert _comments(found.decode()) == _comments(text)


def _comments(text: str) -> list[str]:
    return re.findall(r"note \d+ of mine", text)
