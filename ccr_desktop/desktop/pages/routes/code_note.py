"""What stands above every table of models where code of the user's own is asked before it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ccr_desktop.desktop.widgets.banner import Banner


class CodeNote(Banner):
    """Its button leads to that code."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "info",
            _tr(
                "Your custom router is asked first. Where it names a model, neither a rule nor the"
                " table chooses one; what rules forbid still holds."
            ),
            _tr("Show"),
            parent,
        )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Routes", text)
