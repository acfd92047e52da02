"""Draws every page of the window, light and dark, with real traffic: the pictures of the docs.

    python -m scripts.screenshots docs/images
    python -m scripts.screenshots docs/images --only home-light routes-dark
    python -m scripts.screenshots --crowded --small --language zh_CN /tmp/pictures
    python -m scripts.screenshots --walk --language zh_CN docs/zh/images
    python -m scripts.screenshots --all /tmp/pictures

`--all` draws every page and view of one, light and dark, in each language, at 100 and 200 %,
empty, typical and crowded, each combination in a folder and a process of its own.

Nothing of this machine's own settings is read; no screen is needed. The same code gives the same
pictures.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

NOW_S = 1_790_000_000.0  # 2026-09-21, a quarter past two
PORT = 3456


def prepare(home: Path) -> None:
    """Nothing but what is made here may be seen; before Qt and our own modules are loaded."""
    for name in [name for name in os.environ if name.startswith(("CCR_", "XDG_", "ANTHROPIC_"))]:
        del os.environ[name]
    os.environ |= {
        "HOME": str(home),
        "CCR_DESKTOP_HOME": str(home / "desk"),
        "DISPLAY": ":0",  # terminals are offered where there is one; nothing is shown there
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": _scale(),
        "LANG": "C.UTF-8",
        "PATH": str(_programs(home / ".local" / "bin")),
        "SHELL": "/bin/false",
        "TZ": "UTC",
        "XDG_CURRENT_DESKTOP": "GNOME",
    }
    time.tzset()
    (home / "clients" / "acme").mkdir(parents=True)  # of which a rule speaks


def _scale() -> str:
    """As it was asked for: Qt reads it before the arguments are."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--scale", default="1")
    return str(parser.parse_known_args()[0].scale)


def _programs(folder: Path) -> Path:
    """A Claude Code and a terminal of our own: whatever this machine has is not to be seen."""
    folder.mkdir(parents=True)
    for name, says in (("claude", "2.1.330 (Claude Code)"), ("gnome-terminal", "")):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho '{says}'\n", encoding="utf-8")
        program.chmod(0o755)
    return folder


HOME = tempfile.TemporaryDirectory(prefix="screenshots-")
prepare(Path(HOME.name))

from PySide6.QtCore import QCoreApplication, QEvent  # noqa: E402  # after the surroundings
from PySide6.QtGui import QCursor, QImage  # noqa: E402
from PySide6.QtWidgets import QWidget  # noqa: E402

from ccr_desktop.core.config.store import ConfigStore  # noqa: E402
from ccr_desktop.core.observe.health import Health  # noqa: E402
from ccr_desktop.core.observe.journal import Journal  # noqa: E402
from ccr_desktop.core.secrets import MemorySecrets, Secrets  # noqa: E402
from ccr_desktop.desktop import language, theme  # noqa: E402
from ccr_desktop.desktop.app import make_application  # noqa: E402
from ccr_desktop.desktop.language import SHIPPED  # noqa: E402
from ccr_desktop.desktop.loop import run  # noqa: E402
from ccr_desktop.desktop.pages.registry import WIZARD, pages  # noqa: E402
from ccr_desktop.desktop.pages.routes.tabs import tabs  # noqa: E402
from ccr_desktop.desktop.pages.settings.sections import sections  # noqa: E402
from ccr_desktop.desktop.shell import make_desk  # noqa: E402
from ccr_desktop.desktop.tally import Tally, Totals  # noqa: E402
from ccr_desktop.desktop.updating.dialog import Stage, UpdateDialog, UpdateView  # noqa: E402
from ccr_desktop.desktop.window import MINIMUM, USUAL, Window  # noqa: E402
from ccr_desktop.launch.projects import Project, Projects  # noqa: E402
from scripts.screenshots import scene, traffic, walk  # noqa: E402

if TYPE_CHECKING:
    from ccr_desktop.core.observe.events import Event
    from ccr_desktop.core.service import Service
    from ccr_desktop.desktop.desk import Desk

PROJECTS = (
    Project("/home/ada/shop", NOW_S - 540),
    Project("/home/ada/weather-station", NOW_S - 3 * 3600),
    Project("/home/ada/notes", NOW_S - 5 * 86400),
)
# Further views of a page: what its address says after the slash, and the name of the picture.
DETAILS = {
    "activity": (("req_0005c0ffee", "activity-details"),),
    "routes": (("rules", "routes-rules"),),
    "settings": (("status-line", "settings-status-line"),),
}
SCHEMES: tuple[theme.Scheme, ...] = ("light", "dark")
ONLY: set[str] = set()  # the names of pictures that are wanted; none: all of them
SCALES = ("1", "2")
STATES = ("", "empty", "crowded")


async def draw(arguments: argparse.Namespace) -> None:
    """Start the service, let the requests pass, and draw everything twice."""
    _begin_at(NOW_S)
    with traffic.upstream() as upstream:
        path = Path(os.environ["CCR_DESKTOP_HOME"]) / "config" / "config.json"
        if not arguments.empty:
            local = {name: f"{upstream.url}/{name}/v1/chat/completions" for name in scene.MODELS}
            path.parent.mkdir(parents=True)
            path.write_text(json.dumps(scene.configuration(local)), encoding="utf-8")
        desk = make_desk(ConfigStore(path, overrides={"port": 0}))
        happened: list[Event] = []
        desk.bridge.happened.connect(happened.append)
        desk.memory.set("home.steps-done", [] if arguments.empty else ["launch"])
        await desk.bridge.begin()
        await desk.bridge.supervisor.start()
        if not arguments.empty:
            running = await traffic.send_all(desk.bridge.overview.service.url, happened)
            await _stop_one(desk)
            so_far = [*happened]
            await _give_up(running, desk)  # what it tells at its end has the time of today
            await settle(desk, so_far, is_crowded=arguments.crowded)
        fix_service(desk)
        await draw_pages(desk, arguments)
        await desk.bridge.end()
        desk.secrets.close()


async def draw_walk(folder: Path) -> None:
    """The steps of the assistant at a first start, with a server of models that wants a key."""
    with walk.server():
        path = Path(os.environ["CCR_DESKTOP_HOME"]) / "config" / "config.json"
        secrets = Secrets(keyring=MemorySecrets())
        desk = make_desk(ConfigStore(path, overrides={"port": 0}, secrets=secrets))
        await desk.bridge.begin()
        await desk.bridge.supervisor.start()
        url = desk.bridge.overview.service.url
        fix_service(desk)
        walk.fix_times(desk)
        window = Window(desk, pages())
        window.show_overview(desk.bridge.overview)
        window.resize(USUAL)
        window.show()
        window.show_page(WIZARD)

        async def picture(name: str) -> None:
            await quiet()
            save(window, folder / f"{name}.png")

        await quiet()
        await walk.walk(desk, window, url, picture)
        close_window(window)
        await desk.bridge.end()
        desk.secrets.close()


def _begin_at(now_s: float) -> None:
    """Rules ask for the time of day: it is the same in each drawing."""
    ahead_s, clock = now_s - time.time(), time.time
    time.time = lambda: clock() + ahead_s


async def _stop_one(desk: Desk) -> None:
    request_id = desk.bridge.journal.running[-1].request_id

    async def stop(service: Service) -> None:
        service.cancel_request(request_id)

    await desk.bridge.host.call(stop)
    await traffic.until(lambda: not desk.bridge.journal.entry(request_id).is_running)


async def _give_up(running: list[asyncio.Task[None]], desk: Desk) -> None:
    for task in running:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await traffic.until(lambda: not desk.bridge.journal.running)


async def settle(desk: Desk, happened: list[Event], *, is_crowded: bool) -> None:
    """Give everything that differs from run to run a value of its own."""
    bridge = desk.bridge
    time.time = lambda: NOW_S
    final = scene.configuration(scene.ADDRESSES, is_crowded=is_crowded)
    await bridge.edit(lambda _: final, "")
    bridge.journal, bridge.health = Journal(), Health(clock=lambda: NOW_S)
    bridge.tally = Tally(Totals(since_s=NOW_S - 6 * 3600))
    for event in traffic.told_again(happened, NOW_S, rounds=50 if is_crowded else 1):
        bridge.journal.note(event)
        bridge.health.note(event)
        bridge.tally.note(event)
    desk.launching.store = Known()
    await desk.launching.look()


class Known(Projects):
    """What there is to read, however often a page looks again."""

    def known(self, limit: int = len(PROJECTS)) -> list[Project]:
        return list(PROJECTS[:limit])


def fix_service(desk: Desk) -> None:
    """Show the usual address: the real one is any port that was free."""
    time.time = lambda: NOW_S
    state = desk.bridge.supervisor.state
    shown = replace(state, url=f"http://127.0.0.1:{PORT}", since_s=NOW_S)
    desk.bridge.supervisor.state = shown
    desk.bridge.refresh()


async def draw_pages(desk: Desk, arguments: argparse.Namespace) -> None:
    application = QCoreApplication.instance()
    window = Window(desk, pages())
    window.show_overview(desk.bridge.overview)
    window.resize(MINIMUM if arguments.small else USUAL)
    window.show()
    first = {"routes": tabs()[0].key, "settings": sections()[0].key}
    for scheme in SCHEMES:
        theme.apply(application, scheme)
        for page in pages():
            # A page shows again what it showed last.
            window.show_page("/".join(filter(None, (page.key, first.get(page.key)))))
            await quiet()
            save(window, arguments.folder / f"{page.key}-{scheme}.png")
        details = all_views() if arguments.views else DETAILS
        for key, views in details.items():
            for detail, name in () if arguments.empty and not arguments.views else views:
                window.show_page(f"{key}/{detail}")
                await quiet()
                save(window, arguments.folder / f"{name}-{scheme}.png")
                close_details(window)
        await draw_update(window, arguments.folder / f"update-{scheme}.png")
    close_window(window)


def close_window(window: Window) -> None:
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


async def draw_update(window: Window, path: Path) -> None:
    dialog = UpdateDialog(scene.RELEASE, window)
    dialog.show_view(UpdateView(stage=Stage.OFFER))
    dialog.show()
    await quiet()
    save(dialog, path)
    dialog.close()


def all_views() -> dict[str, list[tuple[str, str]]]:
    """Every tab of Routes and section of Settings, a provider, and what the docs show."""
    views = {key: [*these] for key, these in DETAILS.items()}
    views["routes"] = [(tab.key, f"routes-{tab.key}") for tab in tabs()]
    views["settings"] = [(each.key, f"settings-{each.key}") for each in sections()]
    views["providers"] = [("deepseek", "providers-details")]
    return views


def draw_all(folder: Path) -> None:
    for code, scale, state in itertools.product(SHIPPED, SCALES, STATES):
        name = "-".join((code, f"{int(scale) * 100}", state or "typical"))
        options = ["--views", "--language", code, "--scale", scale, str(folder / name)]
        options += [f"--{state}"] if state else []
        command = [sys.executable, "-m", "scripts.screenshots", *options]
        subprocess.run(command, check=True)  # noqa: S603  # ours


def close_details(window: Window) -> None:
    for pane in window.findChildren(QWidget, "request-details"):
        pane.closed.emit()
    for form in window.findChildren(QWidget, "provider-form"):
        if form.isVisible():  # one that is opened next would be closed again
            form.cancel_wanted.emit()


async def quiet() -> None:
    """Until what was begun by showing a page has come to its end, fades among it."""
    for _ in range(20):
        await asyncio.sleep(0.02)


def save(window: QWidget, path: Path) -> None:
    if ONLY and path.stem not in ONLY:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    image.save(str(path), "PNG", 0)  # the strongest compression
    sys.stdout.write(f"{path} {path.stat().st_size // 1024} KB\n")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m scripts.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--crowded", action="store_true", help="30 providers, 500 requests")
    parser.add_argument("--empty", action="store_true", help="the first start")
    parser.add_argument("--small", action="store_true", help="the smallest window")
    parser.add_argument("--views", action="store_true", help="every view of a page, too")
    parser.add_argument("--language", choices=SHIPPED, default=SHIPPED[0])
    parser.add_argument("--scale", choices=SCALES, default=SCALES[0], help="2: at 200 %%")
    parser.add_argument("--all", action="store_true", help="all of that, in folders")
    parser.add_argument("--walk", action="store_true", help="the steps of the assistant alone")
    parser.add_argument("--only", nargs="+", default=(), metavar="NAME", help="these pictures")
    arguments = parser.parse_args()
    ONLY.update(arguments.only)
    if arguments.all:
        draw_all(arguments.folder)
        return
    application = make_application()
    QCursor.setPos(4000, 4000)
    theme.apply(application, "light")
    language.current().use(arguments.language)
    theme.current().system_says(reduced_motion=True)
    run(lambda: draw_walk(arguments.folder) if arguments.walk else draw(arguments))
    HOME.cleanup()


if __name__ == "__main__":
    main()
