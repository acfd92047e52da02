"""What a change would do to a configuration, as lines to read before it is made."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.setup.secret_fields import MASK, Path, find_secrets, replace_secrets

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_CONTEXT_LINES = 2


def difference(old: JsonObject, new: JsonObject) -> list[str]:
    """The changed lines with `+` and `-`, a few around them, and no secret."""
    before = dict(find_secrets(old))

    def mask(path: Path, text: str) -> str:
        is_changed = path in before and before[path] != text
        return f"{MASK} (changed)" if is_changed else MASK

    old_lines = _lines(replace_secrets(old, lambda _path, _text: MASK))
    new_lines = _lines(replace_secrets(new, mask))
    changes = difflib.unified_diff(old_lines, new_lines, lineterm="", n=_CONTEXT_LINES)
    return [line for line in changes if not line.startswith(("---", "+++", "@@"))]


def _lines(value: Any) -> list[str]:
    return json.dumps(value, indent=2, ensure_ascii=False).splitlines() if value else []
