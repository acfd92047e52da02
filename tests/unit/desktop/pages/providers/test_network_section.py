"""The limits of time in the form of a provider."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ccr_desktop.core.config.addresses import NO_PROXY, PROXY_SCHEMES
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.desktop.pages.providers.network_section import NetworkSection


def test_a_problem_below_one_field_does_not_move_the_one_beside_it(qtbot: QtBot) -> None:
    section = NetworkSection()
    qtbot.addWidget(section)
    section.show_entry({})
    section.resize(640, 400)
    section.show()

    section.show_issues([Issue("timeout.connect_s", "found -1.", "A number above 0 is allowed.")])
    qtbot.waitExposed(section)

    assert section._rows["timeout.connect_s"].error()
    first, second = (section.limits[name] for name in ("connect_s", "first_byte_s"))
    assert first.mapTo(section, QPoint()).y() == second.mapTo(section, QPoint()).y()


def test_the_help_names_all_that_a_proxy_may_be(qtbot: QtBot) -> None:
    section = NetworkSection()
    qtbot.addWidget(section)

    labels = section._rows["proxy_url"].findChildren(QLabel)
    words = " ".join(label.text() for label in labels)

    assert [kind for kind in PROXY_SCHEMES if f"{kind}://" not in words] == []
    assert NO_PROXY in words
