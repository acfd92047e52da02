from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QToolTip
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import theme, tokens
from ccr_desktop.desktop.stylesheet import Measures, style_sheet


def test_the_scheme_changes_while_the_app_runs(
    qapp: QApplication, qtbot: QtBot, look: theme.Theme
) -> None:
    label = QLabel("Router")
    qtbot.addWidget(label)

    with qtbot.waitSignal(look.changed):
        theme.apply(qapp, "dark")

    assert look.tokens is tokens.DARK
    assert label.palette().color(QPalette.ColorRole.WindowText).name().upper() == "#F2F0EC"


def test_the_desktop_decides_when_the_scheme_is_the_systems(
    qapp: QApplication, look: theme.Theme
) -> None:
    theme.apply(qapp, "system")

    look.system_says(dark=True)
    told_dark = look.tokens
    look.system_says(dark=False)

    assert (told_dark, look.tokens) == (tokens.DARK, tokens.LIGHT)


def test_a_choice_of_the_person_outdoes_the_desktop(qapp: QApplication, look: theme.Theme) -> None:
    theme.apply(qapp, "light")

    look.system_says(dark=True)

    assert look.tokens is tokens.LIGHT
    look.system_says(dark=False)


def test_high_contrast_is_followed(look: theme.Theme) -> None:
    look.system_says(high_contrast=True)

    assert look.tokens is tokens.CONTRAST_LIGHT


def test_nothing_fades_with_reduced_motion(look: theme.Theme) -> None:
    assert look.fade_ms() == 120

    look.system_says(reduced_motion=True)

    assert look.fade_ms() == 0


def test_figures_have_one_width(look: theme.Theme) -> None:
    assert look.font().featureValue(QFont.Tag("tnum")) == 1
    assert look.font("title").featureValue(QFont.Tag("tnum")) == 1


def test_rows_and_fields_grow_with_the_systems_font(qapp: QApplication, look: theme.Theme) -> None:
    before = qapp.font()
    assert (look.row_height(), look.control_height()) == (40, 32)

    large = QFont(before)
    large.setPointSizeF(24)
    qapp.setFont(large)
    try:
        assert look.row_height() > 60
        assert look.control_height() > 40
    finally:
        qapp.setFont(before)


def test_no_colour_of_the_style_sheet_is_written_by_hand() -> None:
    glyphs = dict.fromkeys(("up", "down", "right", "tick", "check", "part", "dot"), "x.svg")
    measures = Measures(font_pt=10, control_height=32, glyphs=glyphs)
    named = {getattr(tokens.DARK, name) for name in tokens.Tokens.__slots__}

    words = style_sheet(tokens.DARK, measures).replace(";", " ").split()

    assert {word for word in words if word.startswith("#")} <= named


def test_no_tooltip_is_read_as_markup(qtbot: QtBot, look: theme.Theme) -> None:
    """They have names of models, which come from elsewhere."""
    widget = QLabel()
    qtbot.addWidget(widget)
    widget.show()

    QToolTip.showText(QPoint(5, 5), "<b>big</b>", widget)

    tips = [each for each in QApplication.topLevelWidgets() if each.inherits("QTipLabel")]
    shown = [each for each in tips if isinstance(each, QLabel) and each.text() == "<b>big</b>"]
    assert [each.textFormat() for each in shown] == [Qt.TextFormat.PlainText]
    QToolTip.hideText()


def test_what_was_chosen_for_the_window_is_not_what_panels_have(
    qapp: QApplication, look: theme.Theme
) -> None:
    is_dark = look.is_system_dark

    theme.apply(qapp, "light" if is_dark else "dark")
    kept = look.is_system_dark
    look.system_says(dark=not is_dark)
    told = look.is_system_dark
    look.system_says(dark=is_dark)

    assert (kept, told) == (is_dark, not is_dark)
