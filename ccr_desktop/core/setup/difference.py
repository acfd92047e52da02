"""What a change would do to a configuration, as lines to read before it is made."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.setup.secret_fields import MASK, Path, find_secrets, replace_secrets

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

Written = Mapping[Path, str]
_CONTEXT_LINES = 2
_HEAD = 3  # the two names, and where the first change is
_BETWEEN = " …"
_MARKED = re.compile(r'"\\u0000([^"\\]*)"')


def difference(
    old: JsonObject, new: JsonObject, written: tuple[Written, Written] = ({}, {})
) -> list[str]:
    """The changed lines with `+` and `-`, a few around them, `…` between, and no secret.

    *written* has numbers of both as their files write them, where these write them otherwise.
    """
    before = dict(find_secrets(old))

    def mask(path: Path, text: str) -> str:
        is_changed = path in before and before[path] != text
        return f"{MASK} (changed)" if is_changed else MASK

    old_lines = _lines(replace_secrets(old, lambda _path, _text: MASK), written[0])
    new_lines = _lines(replace_secrets(new, mask), written[1])
    changes = difflib.unified_diff(old_lines, new_lines, lineterm="", n=_CONTEXT_LINES)
    told = list(changes)[_HEAD:]
    return [_BETWEEN if line.startswith("@@") else line for line in told]


def _lines(value: Any, written: Written) -> list[str]:
    marked = _marked(value, written, ()) if written else value
    text = json.dumps(marked, indent=2, ensure_ascii=False) if value else ""
    return _MARKED.sub(lambda found: found[1], text).splitlines() if written else text.splitlines()


def _marked(value: Any, written: Written, path: Path) -> Any:
    """A copy in which numbers are texts that `_MARKED` knows."""
    match value:
        case dict():
            return {key: _marked(item, written, (*path, key)) for key, item in value.items()}
        case list():
            return [_marked(item, written, (*path, at)) for at, item in enumerate(value)]
        case int() | float() if path in written:
            return f"\0{written[path]}"
        case _:
            return value
