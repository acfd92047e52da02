"""Activity with a real service and a scripted provider."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QApplication, QFileDialog

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.outcomes import outcome_of
from ccr_desktop.desktop.pages.activity import export
from ccr_desktop.desktop.pages.activity.page import ActivityPage
from ccr_desktop.desktop.pages.activity.presenter import build
from ccr_desktop.desktop.pages.activity.report import ReportDialog
from tests.support.turns import http_error, text
from tests.support.upstream import Upstream
from tests.unit.desktop.answering import over
from tests.unit.desktop.pages.conftest import SECRET, Live
from tests.unit.desktop.waiting import eventually

Shown = Callable[[ActivityPage], ActivityPage]
WORDS = "one two three four five six seven "
SLOW = replace(text(WORDS * 200), gap_s=0.05)


def _page(live: Live) -> ActivityPage:
    return cast("ActivityPage", build(live.desk))


def _outcomes(page: ActivityPage) -> list[str]:
    return [outcome_of(entry).kind for entry in page.table.filter.shown()]


async def test_rows_appear_for_real_requests(
    qloop: Loop, live: Live, upstream: Upstream, shown: Shown
) -> None:
    upstream.script(text("good"), http_error(503, "overloaded"), http_error(503, "overloaded"))
    async with live.running():
        page = shown(_page(live))

        assert await live.ask() == 200
        await eventually(lambda: _outcomes(page) == ["answered"])
        assert await live.ask("again") == 200

        await eventually(lambda: _outcomes(page) == ["backup", "answered"])
        (entry, _) = page.table.filter.shown()
        assert (entry.route, entry.attempts[0].route) == ("second,other", "first,big")


async def test_what_runs_is_stopped_from_the_page(
    qloop: Loop, live: Live, upstream: Upstream, shown: Shown
) -> None:
    upstream.script(SLOW)
    async with live.running():
        page = shown(_page(live))
        live.ask()
        await eventually(lambda: page.running.lines() and "first word" in page.running.lines()[0])
        await eventually(lambda: upstream.requests)

        page.running.stop_wanted.emit(page.table.filter.shown()[0].request_id)

        await eventually(lambda: _outcomes(page) == ["stopped"])
        await eventually(lambda: page.running.lines() == [])
        await eventually(upstream.requests[0].gone.is_set)


async def test_a_hidden_page_does_nothing_and_catches_up_when_it_is_shown(
    qloop: Loop, live: Live, shown: Shown
) -> None:
    async with live.running():
        page = _page(live)
        drawn: list[int] = []
        page.table.requests.rowsInserted.connect(lambda *_: drawn.append(1))
        told: list[int] = []
        live.desk.bridge.activity_changed.connect(lambda: told.append(1))

        await live.ask()
        await eventually(lambda: told)
        await eventually(lambda: not live.desk.bridge._draw.isActive())
        assert not drawn

        shown(page)
        assert _outcomes(page) == ["answered"]


async def test_chunks_of_a_stream_draw_nothing(
    qloop: Loop, live: Live, upstream: Upstream, shown: Shown
) -> None:
    upstream.script(replace(text(WORDS * 20), gap_s=0.01))
    async with live.running():
        page = shown(_page(live))
        changes: list[int] = []
        page.table.requests.dataChanged.connect(lambda *_: changes.append(1))

        await live.ask()

        await eventually(lambda: _outcomes(page) == ["answered"])
        assert len(changes) <= 2  # its first word, its end


async def test_the_report_has_no_secrets(
    qloop: Loop, live: Live, upstream: Upstream, shown: Shown
) -> None:
    refusal = http_error(401, f"The key {SECRET} is wrong")
    upstream.script(refusal, refusal, refusal)
    async with live.running():
        page = shown(_page(live))
        await live.ask("my own words")
        await eventually(page.table.filter.shown)
        request_id = page.table.filter.shown()[0].request_id

        page.report_wanted.emit(request_id)
        dialog = page.findChild(ReportDialog, "report")
        assert dialog is not None
        await eventually(dialog.isVisible)
        said = dialog.text.toPlainText()
        dialog.copy_button.click()

        assert request_id in said
        assert "first,big" in said
        assert SECRET not in said
        assert "my own words" not in said
        assert QApplication.clipboard().text() == said
        await eventually(lambda: page.findChild(ReportDialog, "report") is None)


async def test_rows_are_exported_as_they_are_shown(
    qloop: Loop, live: Live, upstream: Upstream, shown: Shown
) -> None:
    async with live.running():
        page = shown(_page(live))
        await live.ask()
        await live.ask("again")
        await eventually(lambda: len(page.table.filter.shown()) == 2)
        page.export_wanted.emit("csv")
        dialog = await over(page, QFileDialog)
        (suggested,) = dialog.selectedFiles()
        assert suggested.endswith("requests.csv")

        dialog.accept()

        await eventually(Path(suggested).exists)
        rows = _rows(Path(suggested))
        assert [row["used_route"] for row in rows] == ["first,big", "first,big"]
        listed = json.loads(export.as_json(page.table.filter.shown()))
        assert [row["request_id"] for row in listed] == [row["request_id"] for row in rows]


def _rows(path: Path) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))]


async def test_pages_that_are_asked_for_are_named(qloop: Loop, live: Live, shown: Shown) -> None:
    async with live.running():
        page = shown(_page(live))
        page.launch_wanted.emit()
        page.try_wanted.emit("req_1")

        assert live.wanted == ["launch", "routes/try:req_1"]
