"""A display that may be lost is that of X11 alone; there it is in tests/desktop."""

from PySide6.QtWidgets import QApplication

from ccr_desktop.desktop.system.lost_display import outlive_display


def test_off_x11_nothing_is_done(qapp: QApplication) -> None:
    assert qapp.platformName() != "xcb"

    outlive_display(qapp)
