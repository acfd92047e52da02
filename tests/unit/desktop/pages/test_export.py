from __future__ import annotations

import csv
import io
import json

from ccr_desktop.desktop.pages.activity import export
from tests.unit.desktop.passages import Passages, typical


def test_rows_have_what_the_table_has_and_more() -> None:
    entries = typical().journal.entries

    rows = [*csv.DictReader(io.StringIO(export.as_csv(entries)))]

    assert [row["status"] for row in rows] == ["", "499", "401", "200", "200"]
    assert rows[3]["used_route"] == "kimi,k2"
    assert rows[4]["input_tokens"] == "1200"
    assert rows[4]["time"] == "2026-09-21T14:13:21Z"
    assert [row["status"] for row in json.loads(export.as_json(entries))][:2] == [None, 499]


def test_what_a_spreadsheet_would_run_is_text() -> None:
    passages = Passages()
    passages.passed(1, status=500, error="=HYPERLINK(1)")

    (row,) = csv.DictReader(io.StringIO(export.as_csv(passages.journal.entries)))

    assert row["error"] == "'=HYPERLINK(1)"


def test_errors_are_exported_without_keys() -> None:
    passages = Passages()
    passages.passed(1, status=401, error="The key sk-0123456789abcdef0123456789 is wrong")

    assert "sk-0123456789abcdef0123456789" not in export.as_csv(passages.journal.entries)
    assert "sk-0123456789abcdef0123456789" not in export.as_json(passages.journal.entries)


def test_no_rows_make_a_heading_and_an_empty_list() -> None:
    assert export.as_csv(()).startswith("request_id,time,")
    assert export.as_json(()) == "[]\n"
