"""The strip over the pages where the room ends: what is important stays whole."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.state import Overview
from ccr_desktop.desktop.strip import StatusStrip
from ccr_desktop.desktop.widgets.buttons import SplitButton
from ccr_desktop.desktop.widgets.copy_field import CopyField
from ccr_desktop.desktop.widgets.state import StateDot
from tests.unit.desktop.fitting import cut, overlaps
from tests.unit.desktop.test_window import OFF, PAUSED, RUNNING, STOPPING

_NARROW, _WIDE = 704, 896  # of a window of 760 and of 1080 pixels

Enlarge = Callable[[float], None]


@pytest.fixture
def enlarge(qapp: QApplication, look: theme.Theme) -> Iterator[Enlarge]:
    """Has the system's font be so many times as large."""
    usual = qapp.font()

    def to(scale: float) -> None:
        font = qapp.font()
        font.setPointSizeF(usual.pointSizeF() * scale)
        qapp.setFont(font)
        theme.apply(qapp, "light")

    yield to
    qapp.setFont(usual)


@pytest.fixture
def strip(look: theme.Theme, qtbot: QtBot) -> StatusStrip:
    """In a place of its own, as in the window: it is no wider than that, whatever it needs."""
    place = QWidget()
    qtbot.addWidget(place)
    made = StatusStrip(place)
    place.resize(_WIDE, made.sizeHint().height())
    place.show()
    return made


@pytest.mark.parametrize("scale", [1.0, 1.5, 1.8, 2.2])
@pytest.mark.parametrize(
    "overview", [OFF, RUNNING, PAUSED, STOPPING], ids=["off", "running", "paused", "stopping"]
)
def test_no_button_is_cut_with_a_large_font(
    overview: Overview, scale: float, enlarge: Enlarge, strip: StatusStrip
) -> None:
    strip.show_overview(overview)
    _draw(strip, _NARROW)

    enlarge(scale)
    _draw(strip, _NARROW)

    assert not [*cut(strip)]
    assert not [*overlaps(strip)]


def test_the_address_goes_before_a_word_of_a_button(enlarge: Enlarge, strip: StatusStrip) -> None:
    enlarge(1.8)
    strip.show_overview(RUNNING)
    _draw(strip, _NARROW)
    address, launch = strip.findChild(CopyField), _launch(strip)
    assert address

    assert address.label().isHidden()
    assert address.isVisible()
    assert address.text() == "127.0.0.1:3456"
    assert launch.text() == "Launch Claude Code"


def test_what_is_shortened_is_told_in_full(enlarge: Enlarge, strip: StatusStrip) -> None:
    enlarge(1.8)
    strip.show_overview(PAUSED)
    _draw(strip, _NARROW)
    launch, state = _launch(strip), strip.findChild(StateDot)
    assert state
    state.grab()

    assert launch.text() == "Launch"
    assert launch.toolTip() == launch.accessibleName() == "Launch Claude Code"
    assert state.toolTip() == state.accessibleName() == "Running, routing paused until 15:04"


def test_all_of_it_comes_back_with_the_room(strip: StatusStrip, enlarge: Enlarge) -> None:
    enlarge(1.8)
    strip.show_overview(PAUSED)
    _draw(strip, _NARROW)

    enlarge(1.0)
    _draw(strip, _WIDE)
    launch, address = _launch(strip), strip.findChild(CopyField)
    state = strip.findChild(StateDot)
    assert address
    assert state
    state.grab()

    assert (launch.text(), launch.toolTip()) == ("Launch Claude Code", "")
    assert address.label().isVisible()
    assert state.toolTip() == ""


def _draw(strip: StatusStrip, wide: int) -> None:
    strip.resize(wide, strip.sizeHint().height())
    QApplication.processEvents()


def _launch(strip: StatusStrip) -> QPushButton:
    launch = strip.findChild(SplitButton)
    assert launch
    return launch.main
