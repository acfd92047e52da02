"""Signing in at a vendor: a code to enter on its page, while the app waits for that."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ccr_desktop.desktop.dialogs import closing_row
from ccr_desktop.desktop.pages.providers.links import open_link
from ccr_desktop.desktop.tokens import XL, L, M, S
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.copy_field import CopyField
from ccr_desktop.desktop.widgets.labels import BodyText, SectionTitle

_WIDTH = 440


class SignInDialog(QDialog):
    """`show_code` once there is one. Whoever waits for the sign-in closes it."""

    def __init__(self, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = self.tr("Sign in with {place}").format(place=place)
        self.setWindowTitle(title)
        self.setObjectName("sign-in-dialog")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._place = place
        self._page = ""
        self.words = BodyText(self.tr("Asking {place} for a code…").format(place=place))
        self.words.setMinimumWidth(_WIDTH)
        self.code = CopyField(elides=True)  # a company's own GitHub may give what it likes
        self.code.setMaximumWidth(_WIDTH)
        self.code.setObjectName("sign-in-code")
        self.code.label().setProperty("role", "title")
        self.open_button = PrimaryButton(self.tr("Open the page"), "external-link")
        self.open_button.setObjectName("open-page")
        self.open_button.setEnabled(False)
        self.cancel_button = PlainButton(self.tr("Cancel"))
        self.cancel_button.setObjectName("cancel-sign-in")
        column = QVBoxLayout(self)
        column.setContentsMargins(XL, XL, XL, L)
        column.setSpacing(M)
        column.addWidget(SectionTitle(title))
        column.addWidget(self.words)
        column.addWidget(self.code, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(S)
        column.addLayout(closing_row([self.cancel_button, self.open_button]))
        self.open_button.clicked.connect(lambda: open_link(self._page))
        self.cancel_button.clicked.connect(self.reject)

    def show_code(self, code: str, page: str) -> None:
        words = self.tr(
            "Enter this code on the page {page}. As soon as {place} has said yes, this closes by"
            " itself."
        )
        self._page = page
        metrics = self.words.fontMetrics()
        shown = metrics.elidedText(page, Qt.TextElideMode.ElideRight, _WIDTH)
        self.words.setText(words.format(page=shown, place=self._place))
        self.words.setToolTip("" if shown == page else page)
        self.code.set_text(code)
        self.open_button.setEnabled(True)
        self.open_button.setFocus()
        self.adjustSize()
