"""Over the text: what an app that ran before had there, and that nobody saved."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ccr_desktop.desktop import figures
from ccr_desktop.desktop.phrases import put_together

if TYPE_CHECKING:
    from ccr_desktop.desktop.text_draft import TextDraft
    from ccr_desktop.desktop.widgets.banner import Banner


class TextOffer(QObject):
    """The file's text is only read until somebody has chosen, since there is room for one draft."""

    restored = Signal(object)
    """With the `UnsavedText`."""
    answered = Signal()

    def __init__(self, draft: TextDraft, banner: Banner) -> None:
        super().__init__(banner)
        self._draft = draft
        self._banner = banner
        banner.activated.connect(self._restore)
        banner.other_activated.connect(draft.discard)
        draft.offer_changed.connect(self._changed)

    @property
    def is_open(self) -> bool:
        return self._draft.offered is not None

    def show(self, revision: str) -> None:
        """Offer it over the file as it is now."""
        if offered := self._draft.offered:
            words = self.tr("This text was changed and not saved, {when}.")
            if revision != offered.unsaved.base.revision:
                words = put_together((words, self.tr("The file itself was changed since then.")))
            said = words.format(when=figures.moment(offered.at_s, time.time()))
            self._banner.show_notice("info", said, self.tr("Restore"), self.tr("Discard"))
        self._banner.setVisible(self.is_open)

    def compare(self, text: str) -> None:
        """The file may say the same meanwhile: it was saved after all."""
        if self._draft.offered and self._draft.offered.unsaved.text == text:
            self._draft.discard()

    def _restore(self) -> None:
        if unsaved := self._draft.restore():
            self.restored.emit(unsaved)

    def _changed(self) -> None:
        if not self.is_open:
            self._banner.hide()
            self.answered.emit()
