"""What holds for every view of the window, whatever it shows."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QApplication, QWidget

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.widgets.labels import PageTitle
from tests.unit.desktop.views import crowded_window, drawn, present, shown, takes_long


class WindowsSeen(QObject):
    """Which widgets came to the screen as windows."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # of Qt
        is_shown = event.type() is QEvent.Type.Show and isinstance(watched, QWidget)
        if is_shown and isinstance(watched, QWidget) and watched.isWindow():
            self.found.append(watched.objectName() or type(watched).__name__)
        return False


@takes_long
@pytest.mark.usefixtures("look")
async def test_no_part_of_a_view_is_a_window_of_its_own_for_a_moment(
    qloop: Loop, qapp: QApplication
) -> None:
    seen = WindowsSeen()
    qapp.installEventFilter(seen)
    try:
        async with crowded_window() as window:
            async for _ in shown(window):
                pass
    finally:
        qapp.removeEventFilter(seen)
    assert seen.found == ["window"]


@takes_long
@pytest.mark.usefixtures("look")
async def test_the_title_does_not_move_from_page_to_page(qloop: Loop) -> None:
    """Whether a button stands beside it or not."""
    places: dict[str, QPoint] = {}
    async with crowded_window() as window:
        for page in pages():
            window.show_page(page.key)
            await drawn()
            title = present(window).findChild(PageTitle)
            middle = title.height() // 2
            places[page.key] = title.mapTo(window, QPoint(0, middle))
    assert len({(place.x(), place.y()) for place in places.values()}) == 1, list(places.items())
