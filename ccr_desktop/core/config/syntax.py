"""From bytes to the raw object: encodings, JSON5, and where in the text something is wrong."""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.outline import MAX_NESTING, TOKEN, Outline, scan
from ccr_desktop.core.protocol.json import JSONDecodeError, JsonObject, loads_lenient
from ccr_desktop.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_POSITION = re.compile(r"near (\d+)")
_UNREADABLE = "this can't be read"


def parse(data: bytes, path: Path, issues: list[Issue]) -> JsonObject:
    """The object in a file; keys that are there twice are reported.

    Raises `ConfigError` with line and column of what is wrong.
    """
    text = decode(data, path)
    outline = scan(text)
    value = _value(text, outline, path)
    if not isinstance(value, dict):
        hint = "Begin with { and end with }."
        raise ConfigError(str(path), [Issue("", "the file must hold an object.", hint)])
    for where, position in outline.duplicates:
        line, column = place(text, position)
        problem = f"is there twice (line {line}, column {column})."
        hint = "The last one counts; remove the others."
        issues.append(Issue(where, problem, hint, "warning"))
    return value


def has_more_than_values(data: bytes) -> bool:
    """Whether writing the values of a file anew would lose a comment or change a number."""
    return any(
        kind == "comment" or (kind == "word" and not _is_written_so(text))
        for kind, text in _pieces(data)
    )


def has_twice(data: bytes) -> bool:
    """Whether a key is in an object of a file twice, of which only the last one is read."""
    try:
        return bool(scan(data.decode(encoding_of(data))).duplicates)
    except UnicodeDecodeError:
        return False


def _pieces(data: bytes) -> Iterator[tuple[str, str]]:
    try:
        text = data.decode(encoding_of(data))
    except UnicodeDecodeError:
        return
    for match in TOKEN.finditer(text):
        yield match.lastgroup or "", match.group()


def is_odd_number(piece: str) -> bool:
    """Whether a value, as it stands in a file, is a number that would be written otherwise."""
    is_word = (match := TOKEN.fullmatch(piece)) is not None and match.lastgroup == "word"
    return is_word and any(each.isdigit() for each in piece) and not _is_written_so(piece)


def _is_written_so(word: str) -> bool:
    """A number of too many digits is not, nor what only JSON5 knows."""
    try:
        return json.dumps(loads_lenient(word)) == word
    except JSONDecodeError:
        return False


def place(text: str, position: int) -> tuple[int, int]:
    """The line and the column of a position in *text*, counted from 1."""
    before = text[:position]
    return before.count("\n") + 1, position - before.rfind("\n")


def decode(data: bytes, path: Path) -> str:
    """The text of a file. Raises `ConfigError` when it is none."""
    encoding = encoding_of(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as exc:
        line = data[: exc.start].count(b"\n") + 1
        problem = f"the file is not text in {encoding.upper()} (line {line})."
        issue = Issue("", problem, "Save it as UTF-8 in your editor.")
        raise ConfigError(str(path), [issue]) from exc


def encoding_of(data: bytes) -> str:
    """What Python calls the encoding of a file."""
    for mark, encoding in _ENCODINGS:
        if data.startswith(mark):
            return encoding
    if data[1:2] == b"\0":  # the first character is ASCII, so this is half of it
        return "utf-16-le"
    return "utf-16-be" if data[:1] == b"\0" else "utf-8"


def _value(text: str, outline: Outline, path: Path) -> Any:
    """JSON first, which is many times faster; JSON5 for comments and trailing commas."""
    if outline.fault:
        problem, position = outline.fault
        line, column = place(text, position)
        raise _invalid(f"{problem} (line {line}, column {column})", path)
    try:
        return loads_lenient(text)
    except JSONDecodeError:
        from pyjson5 import Json5DecoderException, decode  # noqa: PLC0415  # seldom needed
    try:
        return decode(text, maxdepth=MAX_NESTING + 1)
    except Json5DecoderException as exc:
        found = _POSITION.search(str(exc))
        line, column = place(text, int(found[1]) if found else 0)
        raise _invalid(f"{_UNREADABLE} (line {line}, column {column})", path) from exc


def _invalid(problem: str, path: Path) -> ConfigError:
    said = f"the file is not valid JSON5: {problem}."
    return ConfigError(str(path), [Issue("", said, "Mend it at that place.")])


def parse_value(text: str) -> Any:
    """Any value of JSON5, such as one typed on a command line; raises `ValueError`."""
    if fault := scan(text).fault:
        raise ValueError(fault[0])
    try:
        return loads_lenient(text)
    except JSONDecodeError:
        from pyjson5 import Json5DecoderException, decode  # noqa: PLC0415  # seldom needed
    try:
        return decode(text, maxdepth=MAX_NESTING + 1)
    except Json5DecoderException as exc:
        raise ValueError(_UNREADABLE) from exc
