"""Other colours are put on what is seen and what is unsaved; the rest goes, and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QScrollArea, QScrollBar, QWidget

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.dialogs import ask
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.providers.form_view import ProviderForm
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.pages.routes.trial_form import TrialForm
from ccr_desktop.desktop.pages.settings.sections import sections
from ccr_desktop.desktop.setting_places import row_name
from ccr_desktop.desktop.sight import finish_within
from ccr_desktop.desktop.unsaved import unsaved_in
from ccr_desktop.desktop.window import MINIMUM, Window
from tests.unit.desktop.test_carrying import at_rest, change_language, opened
from tests.unit.desktop.views import present
from tests.unit.desktop.waiting import eventually

pytestmark = [pytest.mark.usefixtures("look"), pytest.mark.limit(120)]


@contextmanager
def dressed() -> Iterator[list[QWidget]]:
    """The widgets that there are whenever all are dressed anew."""
    found: list[QWidget] = []
    note = theme.current().changing.connect(lambda: found.extend(QApplication.allWidgets()))
    yield found
    theme.current().changing.disconnect(note)


def pages_of(window: Window, name: str = "pages") -> list[QWidget]:
    shelf = window.findChild(QWidget, name)
    return [shelf.widget(number) for number in range(shelf.count())]


async def test_what_nobody_sees_is_not_dressed_anew(qloop: Loop, qapp: QApplication) -> None:
    async with opened() as (window, desk):
        for page in pages():
            window.show_page(page.key)
        for section in sections():
            window.show_page(f"settings/{section.key}")
        await at_rest(desk)
        shown, section = present(window), pages_of(window, "settings-sections")[-1]
        before = len(window.findChildren(QWidget))

        with dressed() as found:
            theme.apply(qapp, "dark")

        assert len([one for one in found if one.window() is window]) < before / 3
        assert pages_of(window) == [shown]
        assert pages_of(window, "settings-sections") == [section]
        for page in pages():
            window.show_page(page.key)
            assert present(window).isVisible()
        await at_rest(desk)


async def test_where_one_is_and_the_cursor_stay(qloop: Loop, qapp: QApplication) -> None:
    async with opened() as (window, desk):
        window.show_page("routes")
        window.show_page("settings/general")
        row = window.findChild(QWidget, row_name("Desktop.theme"))
        row.setFocus()
        await at_rest(desk)
        cursor, shown = QApplication.focusWidget(), present(window)

        theme.apply(qapp, "dark")
        await at_rest(desk)

        assert cursor is not None
        assert QApplication.focusWidget() is cursor
        assert present(window) is shown
        assert row.isVisible()


async def test_what_is_unsaved_stays_as_it_is(qloop: Loop, qapp: QApplication) -> None:
    async with opened() as (window, desk):
        window.show_page("providers/cloud")
        form = window.findChild(ProviderForm)
        form.name.setText("cloud-nine")
        window.show_page("home")
        await at_rest(desk)

        theme.current().system_says(high_contrast=True)
        await at_rest(desk)

        assert [found.title for found in unsaved_in(window)]
        window.show_page("providers")
        assert form.isVisible()
        assert form.name.text() == "cloud-nine"


async def test_what_is_no_setting_is_carried(qloop: Loop, qapp: QApplication) -> None:
    async with opened() as (window, desk):
        window.show_page("routes/try")
        form = window.findChild(TrialForm)
        form.tokens.setValue(70_000)
        before = form.trial()
        window.show_page("home")
        await at_rest(desk)

        theme.apply(qapp, "dark")
        theme.apply(qapp, "light")
        assert not window.findChildren(TrialForm)

        window.show_page("routes")
        assert window.findChild(TrialForm).trial() == before
        assert window.findChild(TrialForm).isVisible()


async def test_what_is_typed_in_a_section_goes_through_both(
    qloop: Loop, qapp: QApplication
) -> None:
    """The section goes with the colours, and the page that keeps it with the language."""
    async with opened() as (window, desk):
        window.show_page("settings/transfer")
        await at_rest(desk)
        QTest.keyClicks(_address(window), "https://zzz")
        window.show_page("settings/general")
        await at_rest(desk)

        theme.apply(qapp, "dark")
        assert _address(window) is None
        await change_language(window)
        await at_rest(desk)
        window.show_page("settings/transfer")

        assert _address(window).text() == "https://zzz"


def _address(window: Window) -> QLineEdit:
    return present(window).findChild(QLineEdit, "preset-address")


async def test_all_stays_while_a_dialog_has_no_answer(qloop: Loop, qapp: QApplication) -> None:
    async with opened() as (window, desk):
        window.show_page("routes")
        routes = present(window)
        window.show_page("home")
        await at_rest(desk)
        dialog = QDialog(routes)
        answer = desk.bridge.do(ask(dialog), "Asking")
        await eventually(dialog.isVisible)

        theme.apply(qapp, "dark")

        assert routes in pages_of(window)
        dialog.reject()
        await answer


async def test_a_page_that_went_is_where_it_was_scrolled_to(
    qloop: Loop, qapp: QApplication
) -> None:
    async with opened() as (window, desk):
        window.resize(MINIMUM)
        window.show_page("settings/notifications")
        await at_rest(desk)
        finish_within(present(window))
        await eventually(lambda: _bar(window, "notifications").maximum() > 100)
        _bar(window, "notifications").setValue(90)
        window.show_page("settings/general")
        window.show_page("home")
        await at_rest(desk)

        theme.apply(qapp, "dark")
        window.show_page("settings/notifications")

        await eventually(lambda: _bar(window, "notifications").value() == 90)


def _bar(window: Window, section: str) -> QScrollBar:
    area = window.findChild(QScrollArea, f"settings-{section}")
    assert area
    return area.verticalScrollBar()
