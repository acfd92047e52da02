"""What is told over the pages where much is: nothing of it is squeezed or out of sight."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.shelf import Shelf
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.window import MINIMUM, USUAL, Window
from tests.unit.desktop.desks import new_desk
from tests.unit.desktop.fitting import cut, overflow, overlaps
from tests.unit.desktop.test_window import PAGES
from tests.unit.desktop.views import drawn

_WORDS = "The settings file can't be used because of a mistake in line 17. "
_LONG = _WORDS * 5
_BUTTON = ("Show the place", lambda: None)
_OTHER = ("Take the copy", lambda: None)


def _high(_: object) -> QWidget:
    page = QLabel("a page")
    page.setMinimumHeight(360)
    return page


@pytest.fixture
def window(qloop: Loop, look: theme.Theme, qtbot: QtBot) -> Iterator[Window]:
    made = Window(new_desk(), (replace(PAGES[0], build=_high), *PAGES[1:]))
    made.resize(MINIMUM)
    made.show()
    yield made
    made.deleteLater()


@pytest.mark.parametrize("side", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("size", [MINIMUM, USUAL], ids=["smallest", "usual"])
async def test_several_long_ones_are_never_squeezed(
    window: Window, size: QSize, side: Qt.LayoutDirection
) -> None:
    window.setLayoutDirection(side)
    window.resize(size)

    for number in range(3):
        window.banners.put(str(number), "error", _LONG, _BUTTON, _OTHER if number == 1 else None)
        await drawn()

    for banner in window.findChildren(Banner):
        assert banner.height() >= banner.heightForWidth(banner.width())
    for look in (cut, overlaps, overflow):
        assert not [*look(window)]


async def test_the_page_keeps_half_of_the_window(window: Window) -> None:
    page = window.findChild(Shelf)
    assert page

    for number in range(3):
        window.banners.put(str(number), "error", _LONG, _BUTTON)
    await drawn()

    assert window.banners.height() <= MINIMUM.height() // 2
    assert _seen_of(page, window).height() >= MINIMUM.height() // 3


async def test_the_last_one_is_in_sight(window: Window) -> None:
    for number in range(4):
        window.banners.put(str(number), "error", _LONG, _BUTTON)
        await drawn()
        last = window.findChild(Banner, f"banner-{number}")
        assert last
        assert _seen_of(last, window.banners.viewport()) == QRect(QPoint(), last.size())


async def test_the_last_one_is_in_sight_when_the_window_opens(window: Window) -> None:
    window.hide()
    for number in range(4):
        window.banners.put(str(number), "error", _LONG, _BUTTON)

    window.show()
    await drawn()

    last = window.findChild(Banner, "banner-3")
    assert last
    assert _seen_of(last, window.banners.viewport()) == QRect(QPoint(), last.size())


async def test_those_that_have_room_do_not_scroll(window: Window) -> None:
    window.banners.put("one", "error", _WORDS, _BUTTON)
    await drawn()
    alone = window.findChild(Banner, "banner-one")
    assert alone
    place = QRect(alone.mapTo(window, QPoint()), alone.size())

    assert not window.banners.verticalScrollBar().isVisible()

    for number in range(3):
        window.banners.put(str(number), "warn", _LONG, _BUTTON)
    await drawn()
    assert window.banners.verticalScrollBar().isVisible()
    assert alone.width() == place.width()

    for number in range(3):
        window.banners.take_away(str(number))
    await drawn()
    assert not window.banners.verticalScrollBar().isVisible()
    assert QRect(alone.mapTo(window, QPoint()), alone.size()) == place


async def test_keys_bring_each_into_sight(window: Window, qtbot: QtBot) -> None:
    for number in range(3):
        window.banners.put(str(number), "error", _LONG, _BUTTON)
    await drawn()
    last = window.findChild(Banner, "banner-2")
    first = window.findChild(Banner, "banner-0")
    assert last
    assert first
    last.button.setFocus()

    for _ in range(4):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Backtab)

    assert window.focusWidget() is first.button
    assert _seen_of(first.button, window.banners.viewport()).size() == first.button.size()


def _seen_of(part: QWidget, around: QWidget) -> QRect:
    """What of *part* is not cut by a place *around* it, as *part* itself counts."""
    corner = part.mapTo(around, QPoint())
    whole = QRect(corner, part.size()).intersected(around.rect())
    return whole.translated(-corner)


async def test_a_second_click_waits_for_what_the_first_began(window: Window) -> None:
    goes_on, begun = asyncio.Event(), []

    async def work() -> None:
        begun.append(1)
        await goes_on.wait()

    def begin() -> object:
        return asyncio.get_running_loop().create_task(work())

    banner = window.banners.put("file", "error", _WORDS, ("Restore", begin))
    for _ in range(2):
        banner.button.click()
        await drawn()
    assert begun == [1]

    goes_on.set()
    await drawn()
    banner.button.click()
    await drawn()
    assert begun == [1, 1]
