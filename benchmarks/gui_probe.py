"""Run a program with a window, and note how late its timers come.

`python -m benchmarks.gui_probe [--pages] FILE MODULE [ARGUMENT...]` runs the module; from the start
of Qt's loop on, a precise timer of 16 ms repaints a small window of its own. Each line of FILE is a
time of the monotonic clock in seconds, and by how many milliseconds the timer was late then. With
`--pages` the app's window goes from page to page meanwhile.
"""

from __future__ import annotations

import os
import runpy
import sys
import time
from itertools import cycle
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel

FRAME_MS = 16
PAGES = "--pages"
_NEXT_PAGE_MS = 400


class Probe:
    """The timer and its window."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        self._label = QLabel()
        self._label.resize(120, 40)
        self._label.show()
        self._last_s = time.monotonic()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(FRAME_MS)

    def _tick(self) -> None:
        now_s = time.monotonic()
        late_ms = (now_s - self._last_s) * 1000 - FRAME_MS
        self._last_s = now_s
        os.write(self._file, f"{now_s:.6f} {max(0.0, late_ms):.3f}\n".encode())
        self._label.setText(f"{late_ms:.3f}")
        self._label.repaint()


class Walk:
    """Goes through all pages, views and sections, as a person in a hurry does."""

    def __init__(self) -> None:
        from ccr_desktop.desktop.pages.registry import pages  # noqa: PLC0415  # of the app alone
        from ccr_desktop.desktop.pages.routes.tabs import tabs  # noqa: PLC0415
        from ccr_desktop.desktop.pages.settings.sections import sections  # noqa: PLC0415

        places = [page.key for page in pages()]
        places += [f"routes/{tab.key}" for tab in tabs()]
        places += [f"settings/{section.key}" for section in sections()]
        self._places = cycle(places)
        self._timer = QTimer()
        self._timer.timeout.connect(self._go_on)
        self._timer.start(_NEXT_PAGE_MS)

    def _go_on(self) -> None:
        for window in QApplication.topLevelWidgets():
            if go_to := getattr(window, "go_to", None):
                go_to(next(self._places))


def lateness_ms(path: Path, begin_s: float, end_s: float) -> list[float]:
    """What a probe noted in that time, in order of size."""
    lines = [line.split() for line in path.read_text(encoding="ascii").splitlines()]
    noted = [(float(line[0]), float(line[1])) for line in lines if len(line) == 2]
    return sorted(late_ms for at_s, late_ms in noted if begin_s <= at_s <= end_s)


def main() -> None:
    walks = sys.argv[1] == PAGES
    path, module, *arguments = sys.argv[2 if walks else 1 :]
    run_qt: Any = QApplication.exec
    probes: list[Probe | Walk] = []

    def run_probed(*_: object) -> int:
        if not probes:
            probes.append(Probe(Path(path)))
            probes.extend([Walk()] if walks else [])
        return int(run_qt())

    QApplication.exec = run_probed  # type: ignore[method-assign]
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
