"""In another language the window is where it was, and nothing that was entered is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from ccr_desktop.core.observe.asked import Asked
from ccr_desktop.core.setup import edits
from ccr_desktop.desktop import language
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.providers.form_view import ProviderForm
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.pages.routes.trial_form import TrialForm
from ccr_desktop.desktop.pages.settings.plugin_card import PluginCard
from ccr_desktop.desktop.pages.settings.proxy_fields import OWN, ProxyFields
from ccr_desktop.desktop.setting_places import row_name
from ccr_desktop.desktop.shell import _dress
from ccr_desktop.desktop.unsaved import unsaved_in
from ccr_desktop.desktop.widgets.disclosure import Disclosure
from ccr_desktop.desktop.window import Window
from ccr_desktop.desktop.wizard.draft import KEY
from ccr_desktop.desktop.wizard.frame import Wizard
from ccr_desktop.desktop.wizard.key_view import KeyView
from tests.support.pseudo import BEGIN, PseudoTranslator
from tests.unit.desktop.desks import open_desk, write_config
from tests.unit.desktop.pages.settings.test_plugins import PLAIN, POLITE, written
from tests.unit.desktop.scenes import routed
from tests.unit.desktop.views import addresses, drawn, present
from tests.unit.desktop.waiting import eventually

PROVIDER = {
    "name": "cloud",
    "api_base_url": "http://127.0.0.1:9/v1",
    "api_key": "k",
    "models": ["m"],
    "headers": {"x-team": "shop"},
}
LETTERS = "zzz"

pytestmark = [pytest.mark.usefixtures("look"), pytest.mark.limit(120)]


@asynccontextmanager
async def opened(*plugins: str) -> AsyncIterator[tuple[Window, Desk]]:
    write_config(
        {
            "Providers": [PROVIDER],
            "Router": {"default": "cloud,m"},
            "transformers": [{"path": path} for path in plugins],
            "Desktop": {"language": "en"},
        }
    )
    async with open_desk() as desk:
        window = Window(desk, pages())
        window.show()
        window.activateWindow()
        await eventually(window.isActiveWindow)
        try:
            yield window, desk
        finally:
            window.hide()
            window.deleteLater()
            await drawn()


async def at_rest(desk: Desk) -> None:
    """Once what pages asked for has come: only those tasks are left that watch for changes."""
    await eventually(
        lambda: all("Watching" in task.get_name() for task in desk.bridge.tasks._tasks)
    )
    await drawn()


async def change_language(window: Window) -> None:
    """To one in which each word is marked."""
    before = present(window)
    language.current().use("en", PseudoTranslator())
    await eventually(lambda: present(window) is not before)
    await drawn()


def says_it_anew(page: QWidget) -> bool:
    words = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    return sum(BEGIN in text for text in words) > len(words) / 2


async def test_where_one_is_and_the_cursor_stay(qloop: Loop, qapp: QApplication) -> None:
    async with opened() as (window, desk):
        _dress(qapp, desk)
        window.show_page("settings/general")
        row = window.findChild(QWidget, row_name("Desktop.language"))
        row.setFocus()
        window.show_page("settings/general")
        old = present(window)

        await desk.bridge.edit(lambda raw: edits.with_desktop(raw, "language", "zh_CN"), "Language")
        await eventually(lambda: present(window) is not old)

        assert window.page == "settings"
        await eventually(lambda: present(window).isAncestorOf(QApplication.focusWidget()))
        found = present(window).findChild(QWidget, row_name("Desktop.language"))
        assert found.isVisible()
        assert found.isAncestorOf(QApplication.focusWidget())


async def test_a_proxy_of_ones_own_that_was_begun_is_carried(qloop: Loop) -> None:
    async with opened() as (window, desk):
        window.show_page("settings/network")
        await at_rest(desk)
        fields = present(window).findChild(ProxyFields)
        fields.mode.choice.set_current(OWN)
        QTest.keyClicks(fields.address, "http://proxy.test:1")

        await change_language(window)

        fields = present(window).findChild(ProxyFields)
        assert fields.mode.choice.current() == OWN
        assert fields.address.isVisible()
        assert fields.address.text() == "http://proxy.test:1"


@pytest.mark.parametrize(
    "address", ["settings/history", "routes/failover", "providers/cloud", "providers/add"]
)
async def test_the_same_part_of_a_page_is_in_front(qloop: Loop, address: str) -> None:
    async with opened() as (window, desk):
        window.show_page(address)
        await at_rest(desk)
        before = _in_sight(window)

        await change_language(window)
        await at_rest(desk)

        assert _in_sight(window) == before
        assert says_it_anew(present(window))


async def test_what_is_open_in_the_language_of_before_closes(qloop: Loop) -> None:
    async with opened() as (window, _desk):
        menu = next(iter(window.strip.findChildren(QMenu)))
        menu.popup(window.strip.mapToGlobal(QPoint(0, 0)))
        await eventually(menu.isVisible)

        await change_language(window)

        assert not menu.isVisible()
        assert QApplication.activePopupWidget() is None


def _in_sight(window: Window) -> list[str]:
    found = present(window).findChildren(QWidget)
    return [one.objectName() for one in found if one.isVisible() and one.objectName()]


async def test_the_form_of_a_provider_goes_on(qloop: Loop) -> None:
    async with opened() as (window, _desk):
        window.show_page("providers/cloud")
        form = window.findChild(ProviderForm)
        form.advanced.reveal()
        form.name.setText("cloud-nine")
        header = _with_text(form, "x-team")
        header.setFocus()
        QTest.keyClicks(header, "-2")
        QTest.keyClicks(form.key_field.secret.edit, "sk-half")
        entry = form.entry()
        window.show_page("settings/general")

        await change_language(window)

        assert window.page == "settings"
        assert [found.title for found in unsaved_in(window) if found.window is window]
        window.show_page("providers")
        await eventually(lambda: window.findChildren(ProviderForm) != [form])
        anew = present(window).findChild(ProviderForm)
        assert anew is not form
        assert anew.isVisible()
        assert anew.entry() == entry
        assert anew.key_field.text() == "sk-half"
        assert _with_text(anew, "x-team-2")
        assert says_it_anew(anew)


def _with_text(form: QWidget, text: str) -> QLineEdit:
    return next(field for field in form.findChildren(QLineEdit) if field.text() == text)


async def test_the_past_request_that_is_tried_goes_on(qloop: Loop) -> None:
    async with opened() as (window, desk):
        past = routed("cloud,m", Asked(searches_web=True, is_subagent=True, agent="tester"))
        desk.bridge.journal.note(past)
        window.show_page(f"routes/try:{past.request_id}")
        form = window.findChild(TrialForm)
        form.tokens.setValue(70_000)
        form.picture.setChecked(True)
        form.model.set_current("claude-opus-5", "claude-opus-5")
        before = form.trial()
        assert before.asked == past.asked

        for _ in range(2):  # what was carried once is carried again
            old = window.findChild(TrialForm)
            await change_language(window)
            await eventually(lambda old=old: window.findChildren(TrialForm) != [old])
        anew = present(window).findChild(TrialForm)

        assert anew is not form
        assert anew.isVisible()
        assert anew.trial() == before
        assert anew.now_button.isVisible()
        assert anew.note.isVisible()
        assert anew.agent.currentText() == "tester"


async def test_the_options_of_a_plugin_go_on_where_they_can_not_be_read_yet(qloop: Loop) -> None:
    declared, plain = (
        written("polite.py", POLITE),
        written("plain.py", PLAIN.replace("polite", "plain")),
    )
    async with opened(declared, plain) as (window, _desk):
        window.show_page("settings/plugins")
        first, second = await _card(window, 0), await _card(window, 1)
        for card in (first, second):
            card.options.button.setChecked(True)
        await eventually(lambda: _field(first, "option-word"))
        QTest.keyClicks(_field(first, "option-word"), "thanks")
        second.findChild(QPlainTextEdit, "option-json").setPlainText('{"word": ')

        await change_language(window)

        first, second = await _card(window, 0), await _card(window, 1)
        await eventually(lambda: _field(first, "option-word"))
        assert _field(first, "option-word").text() == "thanks"
        await eventually(lambda: second.findChild(QPlainTextEdit, "option-json"))
        assert second.findChild(QPlainTextEdit, "option-json").toPlainText() == '{"word": '
        await eventually(first.options.save.isVisible)
        assert says_it_anew(present(window))
        window.show_page("settings/general")
        assert says_it_anew(present(window))


async def _card(window: Window, number: int) -> PluginCard:
    name = f"plugin-{number}"
    await eventually(lambda: present(window).findChild(PluginCard, name))
    return present(window).findChild(PluginCard, name)


def _field(card: PluginCard, name: str) -> QLineEdit:
    return card.findChild(QLineEdit, name)


async def test_the_assistant_keeps_the_key(qloop: Loop) -> None:
    async with opened() as (window, desk):
        desk.memory.set(
            "wizard.draft", {"step": KEY, "template_id": "deepseek", "name": "deepseek"}
        )
        window.show_page("wizard")
        await eventually(lambda: present(window).findChild(KeyView).isVisible())
        QTest.keyClicks(present(window).findChild(KeyView).field.secret.edit, "sk-1")

        await change_language(window)

        page = present(window)
        assert isinstance(page, Wizard)
        assert page.step == KEY
        assert page.findChild(KeyView).field.text() == "sk-1"
        assert [found.place for found in unsaved_in(page)] == ["wizard"]


@pytest.mark.parametrize("address", addresses())
async def test_what_is_typed_anywhere_is_there_afterwards(
    qloop: Loop, tmp_path: Path, address: str
) -> None:
    """Not finished with Enter or by going elsewhere, so that nothing of it is in the settings."""
    async with opened() as (window, desk):
        window.show_page(address)
        await at_rest(desk)
        for fold in present(window).findChildren(Disclosure):
            fold.button.setChecked(True)
        for field in _writable(present(window))[:1]:
            field.setFocus()
            QTest.keyClicks(field, LETTERS)
        await at_rest(desk)
        before = _typed(present(window))

        await change_language(window)

        await eventually(lambda: _typed(present(window)) == before)
        assert says_it_anew(present(window)) or not before


def _writable(page: QWidget) -> list[QWidget]:
    found = [*page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit)]
    return [
        one
        for one in found
        if one.isVisible()
        and one.isEnabled()
        and not one.isReadOnly()
        and not isinstance(one.parentWidget(), QAbstractSpinBox)
    ]


def _typed(page: QWidget) -> list[str]:
    texts = [one.text() for one in page.findChildren(QLineEdit)]
    texts += [one.toPlainText() for one in page.findChildren(QPlainTextEdit)]
    return [text for text in texts if LETTERS in text]
