"""The support file, seen before it is saved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from ccr_desktop.desktop import tokens
from ccr_desktop.desktop.dialogs import closing_row
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.copy_sign import CopySign
from ccr_desktop.desktop.widgets.labels import ErrorText, HelpText, SectionTitle

_WIDE, _HIGH = 690, 490


class SupportDialog(QDialog):
    """Shows exactly what is saved or copied. Signal: `save_wanted`; Escape does neither."""

    save_wanted = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("support-file")
        self.setWindowTitle(self.tr("Support file"))
        self.resize(_WIDE, _HIGH)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(self.tr("The content of the file"))
        self.text.setTabChangesFocus(True)
        self.save_button = PrimaryButton(self.tr("Save…"), "download")
        self.save_button.setObjectName("save")
        self.copy_button = PlainButton(self.tr("Copy"), "copy")
        self.copy_button.setObjectName("copy")
        self.trouble = ErrorText()
        self.trouble.hide()
        close = PlainButton(self.tr("Close"))
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.XL, tokens.XL, tokens.XL, tokens.L)
        column.setSpacing(tokens.M)
        column.addWidget(SectionTitle(self.windowTitle()))
        words = self.tr(
            "This is all of it. Keys, conversations and words of your own are left out: what rules"
            " look for and say, options, headers, remarks and settings that nobody knows. Names of"
            " providers, models, rules and folders are kept, and addresses, so read it before you"
            " send it."
        )
        column.addWidget(HelpText(words))
        column.addWidget(self.text, 1)
        column.addWidget(self.trouble)
        column.addLayout(closing_row([close, self.copy_button, self.save_button]))
        self.save_button.clicked.connect(self.save_wanted)
        sign = CopySign(self.copy_button)
        self.copy_button.clicked.connect(lambda: sign.copy(self.text.toPlainText()))
        close.clicked.connect(self.reject)
        self.save_button.setFocus()

    def tell(self, trouble: str) -> None:
        """Why it could not be saved: what stands behind this dialog is not seen."""
        self.trouble.setText(trouble)
        self.trouble.show()
