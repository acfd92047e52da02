"""The app in a bare system, on a desktop outside of it, used by its menu entry."""

import configparser
import json
import os
import shlex
from pathlib import Path

from tests.desktop.session import ROOT, Desktop, Program
from tests.desktop.waiting import until
from tests.package.bare_tree import BareTree
from tests.support.ports import free_port

PICTURES = ROOT / "build" / "package-pictures"
"""Where each run leaves what it has seen, for a look."""


class InstalledApp:
    """What a person does who has installed a package."""

    def __init__(self, tree: BareTree, desktop: Desktop) -> None:
        self.tree = tree
        self.desktop = desktop
        self.port = str(free_port())
        desktop.start_trayer()
        tree.show(desktop)
        desktop.folder.chmod(0o755)
        for folder in (desktop.home, desktop.runtime):
            os.chown(folder, tree.user, tree.user)
        if tree.user:  # the bus is of another user
            del desktop.environment["DBUS_SESSION_BUS_ADDRESS"]
        desktop.environment["SERVICE_PORT"] = self.port

    def start(self, *command: str | Path) -> Program:
        return self.desktop.start(*self.tree.entering(*command))

    def done(self, *command: str | Path) -> str:
        """What a command printed that has to succeed."""
        program = self.start(*command)
        assert program.wait(120) == 0, program.output()
        return program.output()

    @property
    def answers(self) -> bool:
        asked = ("curl", "--silent", "--fail", f"http://127.0.0.1:{self.port}/health")
        return self.desktop.run(*asked, check=False).returncode == 0

    def picture(self, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.desktop.screen.screenshot(PICTURES / f"{name}.png")

    def is_used_by_its_menu(self, entry: Path, name: str) -> Program:
        """Opened, stopped, started, sent to the page that opens Claude Code; it runs on."""
        lines = commands_of(entry)
        app = self.start(*lines["Desktop Entry"])
        self.desktop.screen.window("CCR Desktop")
        self.desktop.screen.tray_icon()
        until(lambda: self.answers, "the router answers")
        self.picture(f"{name}-opened")
        self.done(*lines["Stop"])
        assert not self.answers
        self.done(*lines["Start"])
        assert self.answers
        self.done(*lines["Launch"])
        status = json.loads(self.done("ccr", "status", "--json"))
        assert status["running"] is True
        self.picture(f"{name}-launch")
        assert app.is_running, app.output()
        return app


def commands_of(entry: Path) -> dict[str, list[str]]:
    """The lines of a menu entry, by the names of its actions; `Desktop Entry` opens the app."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(entry, encoding="utf-8")
    return {
        section.removeprefix("Desktop Action "): shlex.split(
            parser[section]["Exec"].replace("%u", "")
        )
        for section in parser.sections()
    }
