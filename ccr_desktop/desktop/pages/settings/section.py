"""The frame of a section: cards below each other, in one column that scrolls."""

from __future__ import annotations

from ccr_desktop.desktop.tokens import XL
from ccr_desktop.desktop.widgets.page_scroll import PageScroll


class Section(PageScroll):
    """The page has its title above it."""

    def __init__(self) -> None:
        super().__init__()
        page = self.widget()
        inner = page.layout() if page else None
        if inner:
            inner.setContentsMargins(XL, 0, XL, XL)
