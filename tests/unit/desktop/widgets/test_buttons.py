from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFocusEvent, QIcon, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialog,
    QMenu,
    QRadioButton,
    QVBoxLayout,
)
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.widgets.buttons import (
    DangerButton,
    IconButton,
    PlainButton,
    PrimaryButton,
    QuietButton,
    SplitButton,
)
from ccr_desktop.desktop.widgets.ring import has_ring
from tests.unit.desktop.widgets.conftest import Show


@pytest.mark.parametrize("kind", [PrimaryButton, PlainButton, DangerButton, QuietButton])
def test_buttons_are_pressed_by_mouse_and_keyboard(
    kind: type[PlainButton], show: Show, qtbot: QtBot
) -> None:
    button = kind("Test", "zap")
    show(button)
    clicks = []
    button.clicked.connect(lambda: clicks.append(1))

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(button, Qt.Key.Key_Space)

    assert len(clicks) == 2


def test_a_double_click_presses_once(show: Show, qtbot: QtBot) -> None:
    button = PlainButton("Start new")
    show(button)
    clicks: list[int] = []
    button.clicked.connect(lambda: clicks.append(1))

    for gesture in (qtbot.mouseClick, qtbot.mouseDClick, qtbot.mouseRelease):
        gesture(button, Qt.MouseButton.LeftButton)
    assert len(clicks) == 1

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(clicks) == 2


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_the_button_with_the_focus_and_not_the_main_one_of_its_dialog(
    key: Qt.Key, qtbot: QtBot
) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    line = QVBoxLayout(dialog)
    buttons = {
        "save": PrimaryButton("Save"),
        "add": PlainButton("Add a condition"),
        "remove": IconButton("x", "Remove the condition"),
    }
    pressed: list[str] = []
    for name, button in buttons.items():
        line.addWidget(button)
        button.clicked.connect(lambda _=False, name=name: pressed.append(name))
    with qtbot.waitExposed(dialog):
        dialog.show()

    for button in buttons.values():
        button.setFocus()
        qtbot.keyClick(button, key)

    assert pressed == ["save", "add", "remove"]


def test_the_focus_ring_follows_the_keyboard_and_not_the_mouse(show: Show, qtbot: QtBot) -> None:
    first, second = PlainButton("One"), PlainButton("Two")
    show(first, second)

    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    after_click = first.property("ring")
    qtbot.keyClick(first, Qt.Key.Key_Tab)

    assert not after_click
    assert second.hasFocus()
    assert second.property("ring")


@pytest.mark.parametrize("make", [PlainButton, lambda: IconButton("x", "Close")])
@pytest.mark.parametrize("came", [Qt.FocusReason.TabFocusReason, Qt.FocusReason.MouseFocusReason])
def test_back_from_another_window_the_ring_is_as_it_was(
    make: Callable[[], QAbstractButton], came: Qt.FocusReason, show: Show
) -> None:
    button = make()
    show(button)
    while_away = Qt.FocusReason.ActiveWindowFocusReason
    button.clearFocus()
    button.setFocus(came)
    before = has_ring(button)

    QApplication.sendEvent(button, QFocusEvent(QEvent.Type.FocusOut, while_away))
    away = has_ring(button)
    QApplication.sendEvent(button, QFocusEvent(QEvent.Type.FocusIn, while_away))

    assert not away
    assert has_ring(button) is before is (came is Qt.FocusReason.TabFocusReason)


@pytest.mark.parametrize(
    ("scheme", "contrast"), [("light", False), ("light", True), ("dark", False), ("dark", True)]
)
@pytest.mark.parametrize(
    "make",
    [PlainButton, PrimaryButton, DangerButton, QuietButton, lambda: IconButton("x", "Close")],
    ids=["plain", "primary", "danger", "quiet", "icon"],
)
def test_one_ring_is_drawn(
    make: Callable[[], QAbstractButton],
    scheme: theme.Scheme,
    contrast: bool,
    show: Show,
    qtbot: QtBot,
) -> None:
    theme.apply(QApplication.instance(), scheme)  # type: ignore[arg-type]  # it is there
    theme.current().system_says(high_contrast=contrast)
    button = make()
    button.setIcon(QIcon())
    before = PlainButton("Other")
    show(before, button)

    qtbot.keyClick(before, Qt.Key.Key_Tab)  # Fusion draws one once a key moved the focus

    assert button.property("ring")
    image = button.grab().toImage()
    across = [image.pixelColor(x, image.height() // 2).name() for x in range(image.width())]
    assert len(set(across)) == 2, across  # the ring, and what is within
    assert across.index(across[len(across) // 2]) == 2


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_a_tick_has_its_ring_alone(kind: type[QAbstractButton], show: Show, qtbot: QtBot) -> None:
    before, tick = PlainButton("Other"), kind("Words")
    show(before, tick)

    def beside_the_tick() -> QImage:
        return tick.grab(QRect(24, 0, tick.width() - 24, tick.height())).toImage()

    unfocused = beside_the_tick()
    qtbot.keyClick(before, Qt.Key.Key_Tab)

    assert tick.hasFocus()
    assert beside_the_tick() == unfocused


def test_a_button_is_as_large_with_its_ring_as_without(show: Show, qtbot: QtBot) -> None:
    button, other = QuietButton("Get a key", "external-link"), PlainButton("Other")
    show(other, button)
    before = button.sizeHint()

    button.setFocus(Qt.FocusReason.TabFocusReason)

    assert button.property("ring")
    assert button.sizeHint() == before


def test_an_icon_button_says_what_it_does(show: Show) -> None:
    button = IconButton("trash-2", "Remove")
    show(button)

    assert (button.accessibleName(), button.toolTip()) == ("Remove", "Remove")


def test_a_split_button_has_a_main_action_and_a_menu(show: Show, qtbot: QtBot) -> None:
    split = SplitButton("Launch", "terminal")
    show(split)
    assert not split.more.isVisible()
    menu = QMenu(split)
    menu.addAction("Resume…")
    split.set_menu(menu)

    with qtbot.waitSignal(split.clicked):
        qtbot.mouseClick(split.main, Qt.MouseButton.LeftButton)
    assert not menu.isVisible()
    qtbot.keyClick(split.more, Qt.Key.Key_Space)

    assert menu.isVisible()
    menu.hide()


def test_both_halves_of_a_split_button_are_named(show: Show) -> None:
    split = SplitButton("Launch")
    show(split)

    split.set_text("Resume")

    assert split.main.text() == "Resume"
    assert split.more.accessibleName() == "More ways: Resume"


def test_words_that_come_later_keep_their_distance_from_the_icon(show: Show) -> None:
    at_once, later = PlainButton("Stop", "square"), PlainButton("", "square")
    show(at_once, later)

    later.setText("Stop")

    assert later.sizeHint() == at_once.sizeHint()
