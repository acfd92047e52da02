"""The page Help with a real router: checks, repairs, the support file, the guide."""

import json
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import cast

import keyring
import pytest
from keyring.backends import fail
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton, QWidget
from shiboken6 import isValid

from ccr_desktop import paths, runfile
from ccr_desktop.core.secrets import Place
from ccr_desktop.desktop.file_passphrase import PassphraseDialog
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.help import presenter
from ccr_desktop.desktop.pages.help.page import HelpPage
from ccr_desktop.desktop.pages.help.presenter import build
from ccr_desktop.desktop.pages.help.reader import Reader
from ccr_desktop.desktop.pages.help.reading_card import (
    GUIDE,
    NEWS,
    OVERVIEW,
    TROUBLE,
    AboutCard,
    in_language,
)
from ccr_desktop.desktop.pages.help.shortcuts import shortcuts
from ccr_desktop.desktop.pages.help.support_dialog import SupportDialog
from ccr_desktop.desktop.pages.launch.change_dialog import ChangeDialog
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.service_state import Phase
from ccr_desktop.desktop.state import Toast
from ccr_desktop.desktop.tokens import XL
from ccr_desktop.desktop.window import Window
from ccr_desktop.doctor.check import Result, Verdict
from ccr_desktop.doctor.support import Facts
from ccr_desktop.errors import ConfigError
from ccr_desktop.runfile import RunInfo
from tests.unit.desktop.answering import is_open, over
from tests.unit.desktop.pages.conftest import SECRET, Live
from tests.unit.desktop.waiting import eventually

Shown = Callable[[HelpPage], HelpPage]
LIMIT_S = 60.0


@pytest.fixture(autouse=True)
def plain(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with Claude Code, without a desktop's bus, with nothing in the way."""
    program = home / "bin" / "claude"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 2.1.332\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "xdg"))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={home}/no-bus")
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "CLAUDE_CONFIG_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def page_of(live: Live) -> HelpPage:
    return cast("HelpPage", build(live.desk))


def verdicts(page: HelpPage) -> dict[str, Verdict]:
    return {result.check.key: result.finding.verdict for result in page.checks.results}


def result_of(page: HelpPage, key: str) -> Result:
    [found] = [each for each in page.checks.results if each.check.key == key]
    return found


def button(page: HelpPage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def button_of(line: QWidget, text: str) -> QPushButton:
    return next(each for each in line.findChildren(QPushButton) if each.text() == text)


async def checked(page: HelpPage) -> None:
    page.show_detail("check")
    assert not button(page, "check").isEnabled()
    await eventually(button(page, "check").isEnabled, LIMIT_S)


async def test_everything_is_checked_and_the_app_sees_more(
    qloop: Loop, live: Live, shown: Shown
) -> None:
    async with live.running():
        page = shown(page_of(live))

        await checked(page)

        found = verdicts(page)
        assert found["service"] is Verdict.OK
        assert found["provider:first"] is Verdict.OK
        assert found["claude"] is Verdict.OK
        assert found["tray"] is Verdict.WARNING
        assert found["notifications"] is Verdict.WARNING
        await eventually(lambda: _room_below(page) < 2 * XL)


def _room_below(page: HelpPage) -> int:
    """Pixels under the last card that nothing is drawn on."""
    last, content = page.findChild(AboutCard), page.widget()
    assert isinstance(last, AboutCard)
    return content.height() - last.mapTo(content, last.rect().bottomLeft()).y()


async def test_what_is_mended_is_looked_at_again(qloop: Loop, live: Live, shown: Shown) -> None:
    async with live.running():
        page = shown(page_of(live))
        (paths.config_dir() / "config.json").chmod(0o644)
        runfile.write(3999, RunInfo(2**22 + 1, "http://127.0.0.1:9", "t"))
        await checked(page)
        assert verdicts(page)["permissions"] is Verdict.PROBLEM

        page.checks.repair_wanted.emit("permissions")
        page.checks.repair_wanted.emit("leftovers")

        await eventually(lambda: verdicts(page)["permissions"] is Verdict.OK)
        await eventually(lambda: verdicts(page)["leftovers"] is Verdict.OK)


async def test_a_broken_settings_file_is_restored_and_kept_in_the_history(
    qloop: Loop, live: Live, shown: Shown
) -> None:
    async with live.running() as desk:
        await desk.bridge.edit(lambda raw: {**raw, "LOG": False}, "Logs: off")
        await desk.bridge.edit(lambda raw: {**raw, "LOG": True}, "Logs: on")
        file = desk.bridge.store.save_path
        broken = file.read_bytes()[:-3]
        file.write_bytes(broken)
        with suppress(ConfigError):  # whoever watches the file may see it first
            desk.bridge.store.reload()
        told: list[Toast] = []
        desk.bridge.told.connect(told.append)
        page = shown(page_of(live))
        await checked(page)
        assert verdicts(page)["configuration"] is Verdict.PROBLEM
        line = page.findChild(QWidget, "result-configuration")
        assert isinstance(line, QWidget)

        button_of(line, "Show").click()
        assert live.wanted[-1] == "settings/text/problem"
        button_of(line, "Restore the last good version").click()

        await eventually(lambda: verdicts(page)["configuration"] is not Verdict.PROBLEM)
        assert json.loads(file.read_bytes())["LOG"] is True
        assert told == [Toast("Restored the last good settings", can_undo=True)]
        store = desk.bridge.store
        assert broken in [store.version_text(each.name) for each in store.versions()]


async def test_a_missing_store_of_keys_is_mended_with_consent(
    qloop: Loop, live: Live, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", fail.Keyring)
    async with live.running() as desk:
        page = shown(page_of(live))
        await checked(page)
        assert verdicts(page)["key-store"] is Verdict.WARNING

        for agrees in (False, True):
            page.checks.repair_wanted.emit("key-store")
            dialog = await over(page.window(), PassphraseDialog)
            assert verdicts(page)["key-store"] is Verdict.WARNING
            (dialog.agree.click if agrees else dialog.reject)()
            await eventually(lambda: not page.window().findChild(PassphraseDialog))

        await eventually(lambda: verdicts(page)["key-store"] is Verdict.OK)
        assert (await desk.secrets.status()).place is Place.FILE


async def test_a_variable_is_taken_out_of_a_file_with_consent_and_put_back(
    qloop: Loop, live: Live, shown: Shown, home: Path
) -> None:
    file = home / ".claude" / "settings.json"
    file.parent.mkdir(exist_ok=True)
    before = json.dumps({"env": {"ANTHROPIC_BASE_URL": "https://elsewhere.test"}, "mine": 1})
    file.write_text(before, "utf-8")
    async with live.running() as desk:
        told: list[Toast] = []
        desk.bridge.told.connect(told.append)
        page = shown(page_of(live))
        await checked(page)
        assert verdicts(page)["claude-settings"] is Verdict.PROBLEM

        for agrees in (False, True):
            assert file.read_text("utf-8") == before
            page.checks.repair_wanted.emit("claude-settings")
            dialog = await over(page.window(), ChangeDialog)
            assert "ANTHROPIC_BASE_URL" in dialog.windowTitle()
            (dialog.accept if agrees else dialog.reject)()
            await eventually(lambda: not page.window().findChild(ChangeDialog))

        await eventually(lambda: verdicts(page)["claude-settings"] is Verdict.OK)
        assert json.loads(file.read_text("utf-8")) == {"env": {}, "mine": 1}
        (toast,) = told
        assert toast.can_undo
        assert toast.undo
        toast.undo()
        await eventually(lambda: not [*file.parent.glob("*.before-ccr-*")])
        assert file.read_text("utf-8") == before


async def test_a_router_that_is_off_is_started(qloop: Loop, live: Live, shown: Shown) -> None:
    async with live.running() as desk:
        await desk.bridge.supervisor.stop()
        page = shown(page_of(live))
        await checked(page)
        assert verdicts(page)["service"] is Verdict.WARNING
        port = result_of(page, "port")

        page.checks.repair_wanted.emit("service")

        await eventually(lambda: verdicts(page)["service"] is Verdict.OK)
        assert desk.bridge.supervisor.state.phase is Phase.RUNNING
        await eventually(lambda: result_of(page, "port") is not port)  # it may be held now


async def test_checks_can_be_cancelled_and_begun_again(
    qloop: Loop, live: Live, shown: Shown
) -> None:
    async with live.running():
        page = shown(page_of(live))
        page.show_detail("check")
        page.checks.cancel_wanted.emit()
        await eventually(button(page, "check").isEnabled)

        await checked(page)

        assert verdicts(page)["service"] is Verdict.OK


async def _dialog() -> SupportDialog:
    def found() -> list[SupportDialog]:
        open_ones = QApplication.topLevelWidgets()
        return [w for w in open_ones if isinstance(w, SupportDialog) and w.isVisible()]

    await eventually(found, LIMIT_S)
    return found()[0]


async def test_the_support_file_is_what_was_shown_and_has_no_key(
    qloop: Loop, live: Live, shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with live.running():
        page = shown(page_of(live))
        await live.ask("words that nobody may read")
        page.support.click()
        dialog = await _dialog()
        text = dialog.text.toPlainText()
        file = tmp_path / "support.txt"

        monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(file)])
        dialog.save_button.click()
        await eventually(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
        cast("QDialog", QApplication.activeModalWidget()).done(QDialog.DialogCode.Accepted)
        await eventually(file.is_file)
        await eventually(lambda: not is_open(dialog))

    assert file.read_text("utf-8") == text
    assert SECRET not in text
    assert "words that nobody may read" not in text
    for words in ("== Checks ==", "== Requests ==\nRequest req_", '"name": "first"', "first,big"):
        assert words in text


async def test_a_support_file_is_made_beside_the_window(
    qloop: Loop, live: Live, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    makers: list[threading.Thread] = []
    made = presenter.support_text

    def noted(facts: Facts, results: Sequence[Result]) -> str:
        makers.append(threading.current_thread())
        return made(facts, results)

    monkeypatch.setattr(presenter, "support_text", noted)
    async with live.running():
        shown(page_of(live)).support.click()
        (await _dialog()).reject()

    assert makers
    assert threading.main_thread() not in makers


async def test_why_the_support_file_is_not_saved_is_told_before_it(
    qloop: Loop, live: Live, shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "occupied").touch()
    file = tmp_path / "occupied" / "support.txt"
    async with live.running():
        shown(page_of(live)).support.click()
        dialog = await _dialog()

        monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(file)])
        dialog.save_button.click()
        await eventually(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
        cast("QDialog", QApplication.activeModalWidget()).done(QDialog.DialogCode.Accepted)
        await eventually(dialog.trouble.isVisible)

        assert dialog.isVisible()
        assert f"{file} can't be written" in dialog.trouble.text()
        dialog.reject()


async def test_pages_of_the_guide_are_read_and_lead_to_each_other(
    qloop: Loop, live: Live, shown: Shown
) -> None:
    async with live.running():
        page = shown(page_of(live))
        for name, words in ((GUIDE, "The desktop app"), (NEWS, "Unreleased")):
            assert paths.guide(name).is_file()
            button(page, f"read-{name}").click()
            (reader,) = page.findChildren(Reader)
            assert words in reader.browser.toPlainText()
            reader.browser.anchorClicked.emit(
                "docs/platforms.md" if name == NEWS else "platforms.md"
            )
            assert reader.browser.source().path().endswith("docs/platforms.md")
            reader.close()
            await eventually(lambda: not page.findChildren(Reader))


@pytest.mark.parametrize("name", [GUIDE, OVERVIEW, TROUBLE])
def test_a_page_of_the_guide_is_there_in_chinese(name: str) -> None:
    chinese = in_language(name, "zh_CN")

    assert chinese != name
    assert paths.guide(chinese).is_file()
    assert in_language(name, "en") == name
    assert in_language(NEWS, "zh_CN") == NEWS


async def test_every_key_of_the_window_is_in_the_list(qloop: Loop, live: Live) -> None:
    async with live.running():
        window = Window(live.desk, pages())
        native = QKeySequence.SequenceFormat.NativeText
        own = [
            {key.toString(native) for key in shortcut.keys()}  # noqa: SIM118  # no mapping
            for shortcut in window.findChildren(QShortcut)
            if shortcut.parent() is window
        ]
        window.deleteLater()

    listed = {part for keys, _ in shortcuts() for part in keys.replace(" … 7", "").split(", ")}
    numbers = {f"Ctrl+{number}" for number in range(2, 8)}
    assert own
    assert all(keys & (listed | numbers) for keys in own)


async def test_another_language_ends_the_checks_with_their_page(qloop: Loop, live: Live) -> None:
    async with live.running() as desk:
        failed: list[object] = []
        desk.bridge.failed.connect(failed.append)
        window = Window(desk, pages())
        window.show_page("help/check")
        old = window.findChild(HelpPage)

        window.reword()

        await eventually(lambda: not isValid(old))
        fresh = window.findChild(HelpPage)
        assert isinstance(fresh, HelpPage)
        await checked(fresh)
        assert verdicts(fresh)["service"] is Verdict.OK
        window.deleteLater()
        assert not failed
