"""Who quits is asked about what was entered and is saved nowhere, wherever it stands."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from ccr_desktop.desktop.closing import QUITS, RESTARTS
from ccr_desktop.desktop.dialogs import Question, ask
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.launch.options_dialog import OptionsDialog
from ccr_desktop.desktop.pages.launch.rows import Folder
from ccr_desktop.desktop.pages.providers.form_view import ProviderForm
from ccr_desktop.desktop.pages.routes.rules.editor import RuleEditor
from ccr_desktop.desktop.pages.routes.rules.tab import RulesTab
from ccr_desktop.desktop.state import FileText, UnsavedText
from ccr_desktop.desktop.unsaved import unsaved_in
from ccr_desktop.desktop.wizard.key_view import KeyView
from tests.unit.desktop.answering import answer, answer_with, asked
from tests.unit.desktop.test_commands import App, app
from tests.unit.desktop.waiting import eventually

pytestmark = [pytest.mark.usefixtures("look"), pytest.mark.limit(60)]


def quit_(running: App) -> None:
    running.window.quit_wanted.emit()


async def no_question(running: App) -> None:
    """Until the one that was answered is gone, no other is asked."""
    await eventually(lambda: not running.window.findChildren(Question))


async def provider_form(running: App) -> QWidget:
    running.window.show_page("providers/deepseek")
    form = running.window.findChild(ProviderForm)
    assert form
    form.name.setText("deepseek-at-home")
    return form


async def rule_editor(running: App) -> QWidget:
    running.window.show_page("routes/rules")
    tab = running.window.findChild(RulesTab)
    assert tab
    tab.add_wanted.emit()
    await eventually(lambda: running.window.findChild(RuleEditor))
    editor = running.window.findChild(RuleEditor)
    assert editor
    editor.name.setText("For the shop")
    return editor


async def launch_options(running: App) -> QWidget:
    dialog = OptionsDialog(Folder(path=Path("/home/ada/shop")), "", (), running.window)
    running.desk.bridge.do(_asked(dialog), "Asking")
    await eventually(dialog.isVisible)
    arguments = dialog.findChild(QLineEdit, "launch-arguments")
    assert arguments
    arguments.setText("--verbose")
    return dialog


async def _asked(dialog: QDialog) -> None:
    await ask(dialog)


@pytest.mark.parametrize("edit", [provider_form, rule_editor, launch_options])
async def test_what_was_entered_is_asked_about_and_shown_again(
    qloop: Loop, edit: Callable[[App], Awaitable[QWidget]]
) -> None:
    async with app() as running:
        running.window.show()
        editor = await edit(running)
        if not isinstance(editor, QDialog):
            running.window.show_page("home")

        quit_(running)
        await answer(running.window, "show")

        assert running.endings.reason == ""
        await eventually(editor.isVisible)
        await no_question(running)
        quit_(running)
        await answer(running.window, "discard")
        await eventually(lambda: running.endings.reason == QUITS)
        if isinstance(editor, QDialog):
            editor.done(0)


async def test_the_question_names_what_is_lost_and_may_be_left(qloop: Loop) -> None:
    async with app() as running:
        running.window.show()
        await provider_form(running)

        running.desk.bridge.app_restart_wanted.emit()
        question = await asked(running.window)

        texts = [label.text() for label in question.findChildren(QWidget) if hasattr(label, "text")]
        assert any("deepseek" in text for text in texts)
        assert "Discard and restart" in texts
        QTest.keyClick(question, Qt.Key.Key_Escape)
        await no_question(running)
        assert running.endings.reason == ""
        running.desk.bridge.app_restart_wanted.emit()
        await answer(running.window, "discard")
        await eventually(lambda: running.endings.reason == RESTARTS)


async def test_what_was_only_looked_at_or_put_back_is_not_asked_about(qloop: Loop) -> None:
    async with app() as running:
        running.window.show()
        form = await provider_form(running)
        assert isinstance(form, ProviderForm)
        assert [found.title for found in unsaved_in(running.window)] == ["deepseek"]
        form.name.setText("deepseek")
        dialog = await launch_options(running)
        arguments = dialog.findChild(QLineEdit, "launch-arguments")
        assert arguments
        arguments.clear()

        quit_(running)

        assert running.endings.reason == QUITS
        assert not running.window.findChildren(Question)
        dialog.close()


async def test_a_key_typed_in_the_assistant_is_asked_about(qloop: Loop) -> None:
    async with app() as running:
        running.window.show()
        running.window.show_page("wizard")
        await eventually(lambda: running.window.findChild(KeyView) is not None)
        view = running.window.findChild(KeyView)
        assert view
        view.field.secret.edit.setText("sk-typed")

        quit_(running)

        await answer(running.window, "discard")
        await eventually(lambda: running.endings.reason == QUITS)


async def test_unsaved_text_is_asked_about(qloop: Loop) -> None:
    async with app() as running:
        window, bridge = running.window, running.desk.bridge
        window.show()
        bridge.draft.unsaved = UnsavedText("{ // mine }", FileText("{}", "before"))

        quit_(running)
        await answer(window, "show")
        assert running.endings.reason == ""
        await eventually(lambda: window.page == "settings")
        await no_question(running)

        quit_(running)
        await answer(window, "discard")
        await eventually(lambda: running.endings.reason == QUITS)
        assert bridge.draft.unsaved is None


async def test_a_form_with_changes_is_not_replaced_unasked(qloop: Loop) -> None:
    async with app() as running:
        running.window.show()
        form = await provider_form(running)
        assert isinstance(form, ProviderForm)

        running.window.show_page("providers/kimi")
        question = await asked(running.window)
        assert form.name.text() == "deepseek-at-home"
        answer_with(question, "discard")

        await eventually(lambda: form.name.text() == "kimi")


async def test_another_language_leaves_what_was_entered(qloop: Loop) -> None:
    async with app() as running:
        running.window.show()
        form = await provider_form(running)
        assert isinstance(form, ProviderForm)

        running.window.reword()
        running.window.show_page("home")
        running.window.show_page("providers")
        await eventually(lambda: form not in running.window.findChildren(ProviderForm))

        (anew,) = running.window.findChildren(ProviderForm)
        assert anew.isVisible()
        assert anew.name.text() == "deepseek-at-home"
        quit_(running)
        await answer(running.window, "show")
        await no_question(running)
        anew.name.setText("deepseek")
