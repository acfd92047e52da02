"""What mends the store of keys: its questions, in the language of the window."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.core.secrets import MemorySecrets, Place, ProtectedFile, Secrets, WayOut
from ccr_desktop.core.secrets.worker import StoreWorker
from ccr_desktop.desktop import language
from ccr_desktop.desktop.dialogs import Question
from ccr_desktop.desktop.file_passphrase import PassphraseDialog
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.ways_out import status_after
from tests.unit.desktop.answering import over


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    language.current().use("en")


@pytest.fixture
def secrets(tmp_path: Path) -> Secrets:
    return Secrets(keyring=MemorySecrets(), file=ProtectedFile(tmp_path / "protected"))


async def test_what_a_protected_file_means_is_told_in_the_language_of_the_window(
    qloop: Loop, qtbot: QtBot, secrets: Secrets
) -> None:
    language.current().use("zh_CN")
    window, worker = QWidget(), StoreWorker(secrets)
    qtbot.addWidget(window)

    using = asyncio.ensure_future(status_after(WayOut.USE_FILE, worker, window))
    dialog = await over(window, PassphraseDialog)
    said = "".join(label.text() for label in dialog.findChildren(QLabel))
    dialog.agree.click()
    status = await using
    adding = asyncio.ensure_future(status_after(WayOut.ADD_STORE, worker, window))
    question = await over(window, Question)
    how = "".join(label.text() for label in question.findChildren(QLabel))
    question.reject()
    await adding
    worker.close()

    assert "密钥加密保存在只有你能读取的文件中" in said
    assert "Keys are encrypted" not in said
    assert status
    assert (status.is_ready, secrets.place) == (True, Place.FILE)
    assert "请安装 gnome-keyring" in how


async def test_a_new_passphrase_with_a_typing_mistake_locks_nothing_away(
    qloop: Loop, qtbot: QtBot, secrets: Secrets
) -> None:
    window, worker = QWidget(), StoreWorker(secrets)
    qtbot.addWidget(window)

    using = asyncio.ensure_future(status_after(WayOut.USE_FILE, worker, window))
    dialog = await over(window, PassphraseDialog)
    dialog.passphrase.setText("correct horse")
    dialog.repeated.setText("correct hrose")
    height = dialog.height()
    dialog.agree.click()
    assert dialog.height() > height
    said = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]

    assert "The two passphrases differ. Enter the same one in both fields." in said
    assert secrets.place is Place.KEYRING
    assert dialog.focusWidget() is dialog.repeated
    dialog.repeated.setText("correct horse")
    dialog.agree.click()
    status = await using
    worker.close()
    assert status
    assert status.place is Place.FILE


async def test_the_passphrase_of_a_file_that_is_there_is_asked_for_once(
    qloop: Loop, qtbot: QtBot, secrets: Secrets
) -> None:
    window, worker = QWidget(), StoreWorker(secrets)
    qtbot.addWidget(window)

    opening = asyncio.ensure_future(status_after(WayOut.PASSPHRASE, worker, window))
    dialog = await over(window, PassphraseDialog)
    assert not dialog.repeated.isVisible()
    dialog.reject()
    assert await opening is None
    worker.close()
