"""Run a program with a window, and note how late its timers come.

`python -m benchmarks.gui_probe FILE MODULE [ARGUMENT...]` runs the module; from the start of Qt's
loop on, a precise timer of 16 ms repaints a small window of its own. Each line of FILE is a time of
the monotonic clock in seconds, and by how many milliseconds the timer was late then.
"""

from __future__ import annotations

import os
import runpy
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel

FRAME_MS = 16


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


def lateness_ms(path: Path, begin_s: float, end_s: float) -> list[float]:
    """What a probe noted in that time, in order of size."""
    lines = [line.split() for line in path.read_text(encoding="ascii").splitlines()]
    noted = [(float(line[0]), float(line[1])) for line in lines if len(line) == 2]
    return sorted(late_ms for at_s, late_ms in noted if begin_s <= at_s <= end_s)


def main() -> None:
    path, module = Path(sys.argv[1]), sys.argv[2]
    run_qt: Any = QApplication.exec
    probes: list[Probe] = []

    def run_probed(*_: object) -> int:
        if not probes:
            probes.append(Probe(path))
        return int(run_qt())

    QApplication.exec = run_probed  # type: ignore[method-assign]
    sys.argv = [module, *sys.argv[3:]]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
