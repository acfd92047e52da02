from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from ccr_desktop import paths
from ccr_desktop.desktop import icons, theme

NAMES = sorted(path.stem for path in paths.resource("icons").glob("*.svg") if path.stem != "app")


def _colors(image: QImage) -> set[str]:
    """The colours of the solid pixels."""
    return {
        color.name().upper()
        for x in range(image.width())
        for y in range(image.height())
        if (color := image.pixelColor(x, y)).alpha() == 255
    }


def _image(icon: QIcon, side: int = 32, mode: QIcon.Mode = QIcon.Mode.Normal) -> QImage:
    return icon.pixmap(QSize(side, side), 1.0, mode).toImage()


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_draws_something_in_the_colour_of_the_text(name: str, look: theme.Theme) -> None:
    assert look.tokens.text in _colors(_image(icons.icon(name), 64))


def test_icons_follow_a_change_of_the_theme(qapp: QApplication, look: theme.Theme) -> None:
    kept = icons.icon("play", "accent")
    before = _colors(_image(kept))

    theme.apply(qapp, "dark")

    assert before == {"#0F766E"}
    assert _colors(_image(kept)) == {"#2DD4BF"}


def test_an_icon_is_as_sharp_as_the_screen(look: theme.Theme) -> None:
    pixmap = icons.icon("settings").pixmap(QSize(16, 16), 2.0)

    assert pixmap.size() == QSize(32, 32)
    assert pixmap.devicePixelRatio() == 2


def test_a_disabled_icon_is_grey(look: theme.Theme) -> None:
    assert _colors(_image(icons.icon("play"), mode=QIcon.Mode.Disabled)) == {look.tokens.disabled}


def test_an_icon_keeps_its_drawing_when_it_is_copied(look: theme.Theme) -> None:
    copy = QIcon(icons.icon("square"))
    copy.addPixmap(icons.drawn("square", "#000000", 8))  # makes Qt clone the engine

    assert QColor(look.tokens.text).name().upper() in _colors(_image(copy))


def test_a_wrong_name_is_told_at_once(look: theme.Theme) -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")


def test_the_app_has_an_icon_in_every_usual_size(look: theme.Theme) -> None:
    sizes = {size.width() for size in icons.app_icon().availableSizes()}

    assert {16, 24, 32, 48, 256} <= sizes
    assert "#0F766E" in _colors(_image(icons.app_icon(), 16))


def test_the_licence_lies_beside_the_drawings() -> None:
    assert "ISC License" in paths.resource("icons/LICENSE").read_text(encoding="utf-8")
