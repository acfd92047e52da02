"""Widgets in unreachable cycles end in the thread of the window, whoever makes objects."""

import gc
import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.collecting import Collecting
from ccr_desktop.desktop.sight import Afterwards, InSight


class Cycle(QObject):
    def __init__(self, ended_in: list[str]) -> None:
        super().__init__()
        self.itself = self
        self.timer = QTimer(self)
        self.destroyed.connect(lambda: ended_in.append(threading.current_thread().name))


def _make_many_objects() -> None:
    kept = [[number] for number in range(200_000)]
    kept.clear()


def test_another_thread_that_makes_many_objects_ends_no_widgets(qtbot: QtBot) -> None:
    ended_in: list[str] = []
    with Collecting() as collecting:
        Cycle(ended_in)
        busy = threading.Thread(target=_make_many_objects, name="busy")
        busy.start()
        busy.join()
        assert not ended_in

        kept = [[number] for number in range(200_000)]  # so that it is due
        collecting.look()

        assert ended_in == [threading.main_thread().name]
        assert gc.get_count()[0] < len(kept)
    assert gc.isenabled()


def test_nothing_is_collected_before_it_is_due(qtbot: QtBot) -> None:
    ended_in: list[str] = []
    with Collecting() as collecting:
        gc.collect()
        Cycle(ended_in)
        collecting.look()
        assert not ended_in
        gc.collect()
    assert len(ended_in) == 1


def test_it_looks_by_itself(qtbot: QtBot) -> None:
    ended_in: list[str] = []
    with Collecting() as collecting:
        collecting._timer.setInterval(1)
        Cycle(ended_in)
        kept = [[number] for number in range(200_000)]
        qtbot.waitUntil(lambda: bool(ended_in), timeout=60_000)
        assert kept


def test_where_nothing_happens_it_looks_seldom(qtbot: QtBot) -> None:
    with Collecting() as collecting:
        gc.collect()
        collecting.look()
        collecting.look()
        assert collecting._timer.interval() == 60_000

        collecting.look_often()
        assert collecting._timer.interval() == 1000
        kept = [[number] for number in range(2000)]
        collecting.look()
        assert collecting._timer.interval() == 1000
        collecting.look()
        assert collecting._timer.interval() == 60_000
        assert kept


@pytest.mark.parametrize(
    "fill",
    [
        lambda window: InSight(window, window.update),
        lambda window: Afterwards(window).add(window.update),
    ],
    ids=["in sight", "afterwards"],
)
def test_a_window_that_is_collected_ends_without_a_word(
    qtbot: QtBot, capsys: pytest.CaptureFixture[str], fill: Callable[[QWidget], object]
) -> None:
    window = QWidget()
    window.itself = window  # type: ignore[attr-defined]  # what makes it a cycle
    fill(window)
    window.show()
    ended: list[int] = []
    window.destroyed.connect(lambda: ended.append(1))
    del window
    QApplication.processEvents()

    gc.collect()

    assert ended
    assert capsys.readouterr().err == ""
