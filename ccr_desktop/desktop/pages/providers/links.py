"""Pages of vendors, opened in the browser that people use."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_link(address: str) -> None:
    """Open a page of the web; other kinds of addresses are left alone."""
    url = QUrl(address)
    if url.scheme() in {"https", "http"}:
        QDesktopServices.openUrl(url)
