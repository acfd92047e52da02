"""A page that is not seen does nothing, and is up to date when it is shown again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QStackedWidget, QWidget

from ccr_desktop.core.setup.edits import with_route
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.pages.routes.presenter import RoutesPresenter
from ccr_desktop.desktop.widgets.filter_picker import FilterPicker
from ccr_desktop.desktop.window import Window
from tests.unit.desktop.desks import open_desk, write_config
from tests.unit.desktop.waiting import eventually

pytestmark = pytest.mark.usefixtures("look")

PLACES = (
    "providers",
    "routes/work",
    "routes/folders",
    "routes/failover",
    "launch",
    "settings/general",
    "settings/keys",
    "settings/files",
    "settings/text",
    "settings/history",
)
BEFORE: dict[str, Any] = {
    "Providers": [
        {
            "name": "a",
            "api_base_url": "https://a.example/v1",
            "api_key": "k",
            "models": ["m1", "m2"],
        }
    ],
    "Router": {"default": "a,m1"},
    "projects": {"/clients/one": "a,m1"},
    "Desktop": {"language": "en"},
}


def changed(raw: dict[str, Any]) -> dict[str, Any]:
    """Something that each of the places shows."""
    more = {"name": "b", "api_base_url": "https://b.example/v1", "api_key": "k", "models": ["m3"]}
    return {
        **with_route(raw, "default", ["a,m2"]),
        "Providers": [*raw["Providers"], more],
        "projects": {"/clients/one": "b,m3", "/clients/two": "a,m2"},
        "Failover": {"tries": 4},
        "Desktop": {**raw["Desktop"], "theme": "light"},
    }


def words(window: Window) -> list[str]:
    """Whatever can be read on its page."""
    found = []
    for part in (
        window.findChildren(QStackedWidget, "pages")[0].currentWidget().findChildren(QWidget)
    ):
        if not part.isVisible():
            continue
        match part:
            case QLabel() | QLineEdit():
                found.append(part.text())
            case FilterPicker():
                found.append(part.shown_text())
            case QPlainTextEdit():
                found.append(part.toPlainText())
    return sorted(found)


async def test_pages_that_were_left_show_what_is_in_force_when_they_are_opened(
    qloop: Loop, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(home))  # what npm says of this machine is nothing to see here
    write_config(BEFORE)
    async with open_desk() as desk:
        left = Window(desk, pages())
        left.show()
        for place in PLACES:
            left.show_page(place)
        left.show_page("home")

        await desk.bridge.edit(changed, "Changed much")

        new = Window(desk, pages())
        new.show()
        for place in PLACES:
            left.show_page(place)
            new.show_page(place)
            await eventually(
                lambda: words(left) == words(new),
                told=lambda place=place: f"{place}: {words(left)} is not {words(new)}",
            )
        for window in (left, new):
            window.close()
            window.deleteLater()


async def test_a_change_is_not_shown_where_nobody_looks(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[int] = []
    really = RoutesPresenter._show

    def show(presenter: RoutesPresenter) -> None:
        shown.append(1)
        really(presenter)

    monkeypatch.setattr(RoutesPresenter, "_show", show)
    write_config(BEFORE)
    async with open_desk() as desk:
        window = Window(desk, pages())
        window.show()
        window.show_page("routes")
        window.show_page("home")
        before = len(shown)
        told: list[object] = []
        queued = Qt.ConnectionType.QueuedConnection
        desk.bridge.config_changed.connect(told.append, queued)  # the last to be told

        await desk.bridge.edit(changed, "Changed much")
        await eventually(lambda: told)
        assert len(shown) == before
        window.show_page("routes")
        assert len(shown) == before + 1
        window.close()
        window.deleteLater()
