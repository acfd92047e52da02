"""Text with a terminal's colours, taken apart and drawn."""

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.theme import Theme
from ccr_desktop.desktop.widgets.ansi import Run, color_of, plain, runs_of
from ccr_desktop.desktop.widgets.terminal_line import TerminalLine


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("plain", [Run("plain")]),
        ("\x1b[94mshop\x1b[0m main", [Run("shop", ink="index:12"), Run(" main")]),
        ("\x1b[30;104m a \x1b[0m", [Run(" a ", ink="index:0", ground="index:12")]),
        ("\x1b[38;5;208mo", [Run("o", ink="index:208")]),
        ("\x1b[38;2;255;175;0;48:5:93mx", [Run("x", ink="rgb:#ffaf00", ground="index:93")]),
        ("\x1b[1mb\x1b[22mn", [Run("b", bold=True), Run("n")]),
        (
            "\x1b[31;42mx\x1b[39my\x1b[49mz",
            [Run("x", "index:1", "index:2"), Run("y", "", "index:2"), Run("z")],
        ),
        ("\x1b[mx\x1b[38;5mz\x1b[4mq", [Run("x"), Run("z"), Run("q")]),
        ("", []),
    ],
)
def test_each_piece_has_its_look(text: str, runs: list[Run]) -> None:
    assert runs_of(text) == runs
    assert plain(text) == "".join(run.text for run in runs)


def test_every_colour_of_a_terminal_is_one() -> None:
    for dark in (True, False):
        assert all(color_of(f"index:{number}", dark=dark).isValid() for number in range(256))
    assert color_of("index:208", dark=True) == QColor(255, 135, 0)
    assert color_of("index:255", dark=True) == QColor(238, 238, 238)
    assert color_of("rgb:#ffaf00", dark=False) == QColor("#ffaf00")


def test_the_line_is_drawn_in_its_colours_and_read_without_them(qtbot: QtBot, look: Theme) -> None:
    line = TerminalLine("Preview")
    qtbot.addWidget(line)
    line.resize(400, line.sizeHint().height())
    line.show_line(
        "\x1b[48;2;255;0;0m  red  \x1b[0m\x1b[38;2;255;0;0m\ue0b0\x1b[0m \ue0b1 \U000f024b"
    )
    line.show()

    image = line.grab().toImage()

    colors = {image.pixelColor(x, image.height() // 2).name() for x in range(image.width())}
    assert {"#ff0000", "#1e1e1e"} <= colors
    assert line.accessibleName() == f"Preview, {plain(line.text())}"
    line.set_dark(False)
    light = line.grab().toImage()
    assert light.pixelColor(light.width() - 20, light.height() // 2).name() == "#ffffff"


def test_icons_that_no_font_has_are_known(qtbot: QtBot, look: Theme) -> None:
    line = TerminalLine("Preview")
    qtbot.addWidget(line)
    line.show_line("shop \ue0b0")
    assert not line.lacks_icons()
    line.show_line("\U000ffffd shop")
    assert line.lacks_icons()
