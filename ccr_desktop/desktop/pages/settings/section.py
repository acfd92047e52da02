"""The frame of a section: cards below each other, in one column that scrolls."""

from __future__ import annotations

from ccr_desktop.desktop.widgets.page_scroll import PageScroll


class Section(PageScroll):
    """The page has its title above it."""
