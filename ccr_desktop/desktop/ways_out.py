"""What mends the store of keys, with the questions that belong to it: wherever it is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.secrets import Place, Secrets, StoreState, StoreStatus, WayOut
from ccr_desktop.core.secrets.state import CONSENT, HOW_TO_ADD_ONE, status
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.dialogs import Answer, ask, cancel, choose
from ccr_desktop.desktop.file_passphrase import PassphraseDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.core.secrets.worker import StoreWorker
    from ccr_desktop.errors import SecretError

_BY_ASKING = frozenset({WayOut.UNLOCK, WayOut.SET_UP, WayOut.ASK_AGAIN})


def status_of(secrets: object, problem: SecretError) -> StoreStatus:
    """The store after it did not give or take a key."""
    place = secrets.place if isinstance(secrets, Secrets) else Place.KEYRING
    state = StoreState(problem.state or StoreState.BROKEN)
    return status(place, state, "", problem.detail, problem.title)


def can_ask_again(told: StoreStatus) -> bool:
    """Whether asking the store once more may help."""
    return not _BY_ASKING.isdisjoint(told.ways_out)


async def status_after(way: WayOut, secrets: StoreWorker, over: QWidget) -> StoreStatus | None:
    """What a way out led to; None when the person thought better of it."""
    match way:
        case WayOut.UNLOCK | WayOut.SET_UP | WayOut.ASK_AGAIN:
            return await secrets.unlock()
        case WayOut.PASSPHRASE:
            words = _tr("Enter the passphrase of the protected file.")
            passphrase = await _asked_passphrase(words, over, may_be_empty=False)
            return None if passphrase is None else await secrets.unlock(passphrase)
        case WayOut.USE_FILE:
            passphrase = await _asked_passphrase(in_words(CONSENT), over, may_be_empty=True)
            return None if passphrase is None else await secrets.use_file(passphrase)
        case WayOut.ADD_STORE:
            title = _tr("How to add a password store")
            await choose(over, title, in_words(HOW_TO_ADD_ONE), [_understood()])
            return await secrets.status()
        case WayOut.SET_ASIDE:
            return await _set_aside(secrets, over)


async def _asked_passphrase(words: str, over: QWidget, *, may_be_empty: bool) -> str | None:
    dialog = PassphraseDialog(words, over, may_be_empty=may_be_empty)
    try:
        return dialog.passphrase.text() if await ask(dialog) else None
    finally:
        dialog.deleteLater()


async def _set_aside(secrets: StoreWorker, over: QWidget) -> StoreStatus | None:
    title = _tr("Set the protected file aside?")
    text = _tr(
        "It is kept under another name, and the keys in it can't be used meanwhile. Keys that"
        " you enter from now on go into your system's password store."
    )
    answers = [cancel(), Answer("aside", _tr("Set aside"), "primary")]
    if await choose(over, title, text, answers) != "aside":
        return None
    await secrets.run(lambda secrets: secrets.set_file_aside())
    return await secrets.status()


def _understood() -> Answer:
    return Answer("", QCoreApplication.translate("Dialogs", "Close"), "primary")


def _tr(text: str) -> str:
    return QCoreApplication.translate("WaysOut", text)
