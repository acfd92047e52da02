"""CPU time to open each page and each view within one, with a crowded configuration.

    python -m benchmarks.pages

30 providers of 300 models each, names of up to 80 characters. "First" builds what is shown, once
the window has loaded the modules of its pages, with `--cold` before that; "again" only shows it.
The time is this process's own, so that other programs hardly count; what a page does after its
first picture doesn't count either. "At a stretch" is the longest time for which nothing else had
its turn on the window's thread, with what comes right after the first picture. Modules are compiled
before, as an installation has them, and nothing is collected meanwhile, as in the app. The file is
laid out as the app saves it.

Right before and after each opening a loop is timed. "Usual speed" is that of a machine on which the
loop takes what it took where the goal of 100 ms was set.
"""

from __future__ import annotations

import argparse
import asyncio
import compileall
import cProfile
import os
import pstats
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

HOME = tempfile.TemporaryDirectory(prefix="pages-")
for _name in [name for name in os.environ if name.startswith(("CCR_", "XDG_", "ANTHROPIC_"))]:
    del os.environ[_name]
os.environ |= {
    "HOME": HOME.name,
    "CCR_DESKTOP_HOME": f"{HOME.name}/desk",
    "QT_QPA_PLATFORM": "offscreen",
    "LANG": "C.UTF-8",
}

from PySide6.QtCore import QEvent, QObject, Qt, QTimer  # noqa: E402  # after the surroundings
from PySide6.QtWidgets import QAbstractButton, QDialog  # noqa: E402

from ccr_desktop.core.config.files import encode  # noqa: E402
from ccr_desktop.core.config.store import ConfigStore  # noqa: E402
from ccr_desktop.core.setup.edits import with_route  # noqa: E402
from ccr_desktop.desktop import theme  # noqa: E402
from ccr_desktop.desktop.app import make_application  # noqa: E402
from ccr_desktop.desktop.collecting import Collecting  # noqa: E402
from ccr_desktop.desktop.loop import run  # noqa: E402
from ccr_desktop.desktop.pages.registry import pages  # noqa: E402
from ccr_desktop.desktop.pages.routes.tabs import tabs  # noqa: E402
from ccr_desktop.desktop.pages.settings.sections import sections  # noqa: E402
from ccr_desktop.desktop.shell import make_desk  # noqa: E402
from ccr_desktop.desktop.warming import Warming  # noqa: E402
from ccr_desktop.desktop.widgets.filter_picker import FilterPicker  # noqa: E402
from ccr_desktop.desktop.window import Window  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.desk import Desk

PROVIDERS, MODELS = 30, 300
TYPED = "model-29"
_LONG = "the account of the whole company for everything that is asked by night and by day"
_CHANGES = 4
_OPENED = {  # what a button brings, by the place of the button and its name
    "a rule, edited": ("routes/rules", "add-rule"),
    "a route set, named": ("routes/work", "new-set"),
    "a provider, added": ("providers", "add-provider"),
    "a support file, looked at": ("help", "support"),
}
_AFTERWARDS_S = 0.3  # in which what is out of sight is made
_HEADINGS = ("Opens", "First, ms", "Again", "At a stretch", "First, usual speed", "At a stretch")
_COUNTED = 300_000
_USUAL_S = 0.010  # of CPU to add up so many, on the machine of the goals
_STILL_S = 0.002  # of CPU in a fifth of a second: nothing is done any more


def configuration(home: Path) -> dict[str, Any]:
    providers = [_provider(number) for number in range(PROVIDERS)]
    first = [f"{each['name']},{each['models'][0]}" for each in providers]
    folders = [home / f"project-{number}" for number in range(20)]
    for folder in folders:
        folder.mkdir()
    return {
        "Providers": providers,
        "Router": {
            "default": first[:3],
            "background": first[4],
            "think": first[5:7],
            "longContext": first[8],
            "agents": {"Explore": first[9], "Plan": first[10]},
            "rules": [{"when": {"folder": f"/home/ada/{n}"}, "route": first[n]} for n in range(8)],
        },
        "routeSets": {f"Set {number}": {"default": first[number]} for number in range(12)},
        "projects": {str(folder): "Set 1" for folder in folders},
    }


def _provider(number: int) -> dict[str, Any]:
    return {
        "name": f"{number} {_LONG}"[:80] if number % 5 == 0 else f"provider-{number:02d}",
        "api_base_url": f"https://api{number}.example.com/v1/chat/completions",
        "api_key": f"sk-example-{number:016d}",
        "models": [_model(number, which) for which in range(MODELS)],
    }


def _model(number: int, which: int) -> str:
    long = "with-a-name-that-goes-on-for-long-" if which % 7 == 0 else ""
    return f"organisation-{number}/model-{which:03d}-{long}instruct"


class Picture(QObject):
    """Tells when the window is painted the next time, with all that is in it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._painted = asyncio.Event()
        window.installEventFilter(self)

    async def painted(self) -> None:
        self._painted.clear()
        self._window.update()
        await self._painted.wait()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Paint:
            self._painted.set()
        return False


class Stretches:
    """The most CPU seconds of this thread between two turns of a timer that is always due."""

    def __init__(self) -> None:
        self._timer = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)
        self._since_s = self._longest_s = 0.0

    def begin(self) -> None:
        self._since_s, self._longest_s = time.thread_time(), 0.0
        self._timer.start()

    async def end(self) -> float:
        await asyncio.sleep(_AFTERWARDS_S)
        self._timer.stop()
        return self._longest_s

    def _turn(self) -> None:
        now_s = time.thread_time()
        self._longest_s = max(self._longest_s, now_s - self._since_s)
        self._since_s = now_s


def slowness() -> float:
    """How many times longer than usual this machine takes at the moment."""
    begun_s, total = time.thread_time(), 0
    for number in range(_COUNTED):
        total += number
    return (time.thread_time() - begun_s) / _USUAL_S


@dataclass(frozen=True, slots=True)
class Opening:
    """CPU seconds of one, the most of them at a stretch, and how slow the machine was then."""

    used_s: float
    stretch_s: float
    slowness: float


class Measured:
    """Openings by what was opened; *profiled* is looked at more closely."""

    def __init__(self, desk: Desk, profiled: str) -> None:
        self.openings: dict[str, list[Opening]] = {}
        self._stretches = Stretches()
        self._desk = desk
        self._window = Window(desk, pages())
        self._window.show()
        self._picture = Picture(self._window)
        self._profiled = profiled

    async def all(self, rounds: int, *, cold: bool, only: str) -> None:
        places = [page.key for page in pages()]
        places += [f"providers/{_provider(0)['name']}"]
        places += [f"routes/{tab.key}" for tab in tabs()]
        places += [f"settings/{section.key}" for section in sections()]
        await quiet()
        warming = None if cold else Warming(self._window)
        while warming and not warming.is_over:
            await quiet()
        for _ in range(rounds + 1):
            for place in [only] if only else places[1:] + places[:1]:
                await self.take(place, lambda place=place: self.go_to(place))
            if only:
                self._window.show_page("home")
                await quiet()
        if only:
            self._window.hide()
            return
        await self.picker(rounds)
        await self.dialogs(rounds)
        self._window.show_page("home")
        await self.changes()
        self._window.hide()

    def go_to(self, place: str) -> None:
        """As with the mouse: a section that is beside the present one is pressed."""
        _page, _, part = place.partition("/")
        button = self._window.findChild(QAbstractButton, f"part-{part}") if part else None
        if button and button.isVisible():
            button.click()
        else:
            self._window.go_to(place)

    async def take(self, name: str, opens: Callable[[], object]) -> None:
        profile = cProfile.Profile()
        if name == self._profiled:
            profile.enable()
        slow = slowness()
        self._stretches.begin()
        begun_s = time.process_time()
        opens()
        await next_turn()
        await self._picture.painted()
        used_s = time.process_time() - begun_s
        if name == self._profiled:
            profile.disable()
            pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(25)
        longest_s = await self._stretches.end()
        taken = Opening(used_s, longest_s, (slow + slowness()) / 2)
        self.openings.setdefault(name, []).append(taken)
        await quiet()

    async def picker(self, rounds: int) -> None:
        """The list of all models: opened, and filtered letter by letter."""
        self._window.show_page("routes/work")
        await quiet()
        fields = self._window.findChildren(FilterPicker)
        picker = max(fields, key=lambda field: len(field.choices()))
        for _ in range(rounds + 1):
            await self.take("the list of models", picker.open)
            for end in range(1, len(TYPED) + 1):
                await self.take("a letter in its filter", lambda end=end: type_in(picker, end))
            picker.pop_over.hide()

    async def dialogs(self, rounds: int) -> None:
        """What is opened over a page, or in its place, and left again."""
        for _ in range(rounds + 1):
            for name, (place, button) in _OPENED.items():
                self._window.show_page(place)
                await quiet()
                await self.take(name, self._part(button).click)
                await quiet()
                for dialog in self._window.findChildren(QDialog):
                    dialog.reject()
                if back := self._window.findChild(QAbstractButton, "back"):
                    back.click()
                await quiet()

    def _part(self, name: str) -> QAbstractButton:
        found = self._window.findChild(QAbstractButton, name)
        if found is None:
            raise LookupError(name)
        return found

    async def changes(self) -> None:
        """Pages that are there follow each change of the settings, whoever made it."""
        routes = [*self._desk.bridge.raw["Router"]["default"]]
        for number in range(_CHANGES):
            slow = slowness()
            begun_s = time.process_time()
            chosen = routes[number % 2 :]
            await self._desk.bridge.edit(lambda raw, c=chosen: with_route(raw, "default", c), "")
            await quiet()
            taken = Opening(time.process_time() - begun_s, 0.0, (slow + slowness()) / 2)
            self.openings.setdefault("a change, with all pages made", []).append(taken)


def figures(openings: Sequence[Opening]) -> tuple[float, ...]:
    """Seconds, one below each heading."""
    first, *others = openings
    return (
        first.used_s,
        statistics.median_low(each.used_s for each in others or openings),
        max(each.stretch_s for each in openings),
        first.used_s / first.slowness,
        max(each.stretch_s / each.slowness for each in openings),
    )


def type_in(picker: FilterPicker, end: int) -> None:
    picker.pop_over.search.setText(TYPED[:end])
    picker.pop_over.repaint()


async def next_turn() -> None:
    """Until what was begun with a built page shows it."""
    comes = asyncio.Event()
    QTimer.singleShot(0, comes.set)
    await comes.wait()


async def quiet() -> None:
    """Until what was begun has come to its end, also in other threads."""
    used_s = _STILL_S
    while used_s >= _STILL_S:
        begun_s = time.process_time()
        await asyncio.sleep(0.2)
        used_s = time.process_time() - begun_s


async def measure(arguments: argparse.Namespace) -> None:
    path = Path(os.environ["CCR_DESKTOP_HOME"]) / "config" / "config.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(encode(configuration(Path(HOME.name))))
    desk = make_desk(ConfigStore(path, overrides={"port": 0}))
    await desk.bridge.begin()
    measured = Measured(desk, arguments.profile)
    try:
        await measured.all(arguments.rounds, cold=arguments.cold, only=arguments.only)
    finally:
        await desk.bridge.end()
        desk.secrets.close()
    print(f"| {' | '.join(_HEADINGS)} |\n| --- |{' ---: |' * (len(_HEADINGS) - 1)}")
    for name, openings in measured.openings.items():
        cells = (f"{seconds * 1000:.0f}" for seconds in figures(openings))
        print(f"| {name[:40]} | {' | '.join(cells)} |")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each is opened again")
    parser.add_argument("--profile", default="", metavar="NAME", help="show where the time goes")
    parser.add_argument("--only", default="", metavar="NAME", help="of what is opened, this alone")
    parser.add_argument("--cold", action="store_true", help="before modules of pages are loaded")
    arguments = parser.parse_args()
    compileall.compile_dir(Path(__file__).parents[1] / "ccr_desktop", quiet=2)
    application = make_application()
    theme.apply(application, "light")
    theme.current().system_says(reduced_motion=True)
    with suppress(KeyboardInterrupt), Collecting():
        run(lambda: measure(arguments))
    HOME.cleanup()


if __name__ == "__main__":
    main()
