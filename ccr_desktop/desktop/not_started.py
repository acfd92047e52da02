"""What is shown in place of the app where it can't start at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.desktop import icons, theme
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.dialogs import Answer, choose

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ccr_desktop.errors import CcrError


async def show(application: QApplication, problem: CcrError, scheme: theme.Scheme) -> None:
    """Say *problem* in a window of its own, until a person closes it."""
    application.setWindowIcon(icons.app_icon())
    theme.apply(application, scheme)
    close = QCoreApplication.translate("App", "Close")
    title, text = in_words(problem.title), in_words(problem.message)
    await choose(None, title, text, [Answer("", close, "primary")])
