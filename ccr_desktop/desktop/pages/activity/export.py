"""The rows that are shown, as a file for other programs. No text of a conversation is in it."""

from __future__ import annotations

import csv
import io
import json
import time
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.failures import redact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccr_desktop.core.observe.journal import Entry

_TOKENS = (
    "input_tokens",
    "output_tokens",
    "cache_read_input_tokens",
    "cache_creation_input_tokens",
)


def as_csv(entries: Iterable[Entry]) -> str:
    rows = [_row(entry) for entry in entries]
    target = io.StringIO()
    writer = csv.DictWriter(target, [*_row(None)], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)
    return target.getvalue()


def as_json(entries: Iterable[Entry]) -> str:
    return json.dumps([_row(entry) for entry in entries], indent=2, ensure_ascii=False) + "\n"


def _row(entry: Entry | None) -> dict[str, Any]:
    """All columns by their names; None gives them without values."""
    if entry is None:
        return dict.fromkeys((*_COLUMNS, *_TOKENS))
    when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(entry.at_s))
    values = (
        entry.request_id,
        when,
        entry.folder,
        entry.scenario,
        entry.model,
        entry.route,
        entry.status,
        redact(entry.error),
        entry.duration_s,
        entry.first_s,
    )
    counts = {name: entry.usage.get(name) for name in _TOKENS}
    return {**dict(zip(_COLUMNS, values, strict=True)), **counts}


_COLUMNS = (
    "request_id",
    "time",
    "folder",
    "kind_of_work",
    "asked_model",
    "used_route",
    "status",
    "error",
    "duration_s",
    "first_word_s",
)


def _harmless(value: Any) -> Any:
    """Spreadsheets take a text that begins so for a formula."""
    is_formula = isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{value}" if is_formula else value
