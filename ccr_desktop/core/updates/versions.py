"""Which of two versions is the later one: `1.2.0rc1` comes before `1.2.0`, and `1.2` is `1.2.0`."""

from __future__ import annotations

import re

_FORM = re.compile(
    r"v?(\d{1,9}(?:\.\d{1,9})*)(?:[-._~]?(dev|alpha|beta|a|b|rc)[-._]?(\d{0,9}))?"
    r"(?:\+[0-9a-z.-]*)?",
    re.I | re.A,
)
_STAGES = {"dev": 0, "a": 1, "alpha": 1, "b": 2, "beta": 2, "rc": 3}
_FINAL = 4

Rank = tuple[tuple[int, ...], int, int]


def rank(version: str) -> Rank | None:
    """What versions are ordered by; None for what is none."""
    found = _FORM.fullmatch(version.strip())
    if found is None:
        return None
    numbers = [int(part) for part in found[1].split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    stage = _STAGES[found[2].lower()] if found[2] else _FINAL
    return tuple(numbers), stage, int(found[3] or 0)


def is_newer(version: str, than: str) -> bool:
    """Whether *version* comes after *than*. What is no version is never newer."""
    one, other = rank(version), rank(than)
    return one is not None and (other is None or one > other)


def names_version(file_name: str, version: str) -> bool:
    """Whether *file_name* is of exactly that version, as packages of all kinds write it.

    It stands right behind the name: further numbers, such as the 64 of x86_64, are none.
    """
    spellings = {version, re.sub(r"(?<=\d)(?=(?:dev|a|b|rc))", "~", version)}
    any_of_them = "|".join(map(re.escape, spellings))
    form = rf"ccr[-_]desktop[-_]v?(?:{any_of_them})(?![0-9A-Za-z~]|\.\d)"
    return bool(re.match(form, file_name, re.I))
