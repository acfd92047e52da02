"""The whole app on a desktop of its own, as `ccr ui` starts it, driven from inside by a test.

app = start(desktop, "async def drive(desk, window): ...", configuration)

`drive` runs on the app's own loop once its window listens; what it prints is in `app.output()`. It
may call `until(look)`, which waits for something to become so, and `prepare(desk)` may be defined
for what has to be done before. `start_fresh` is the same with nothing set up, as after an install.
"""

import json
from typing import Any

from tests.desktop.session import Desktop, Program

_BEFORE = """
import asyncio, sys
from ccr_desktop.cli import ui
from ccr_desktop.desktop import shell

async def until(look):
    while not (found := look()):
        await asyncio.sleep(0.02)
    return found

def prepare(desk):
    pass
"""
_AFTER = """
listen = shell._listen

def listen_and_drive(desk, window, tray):
    prepare(desk)
    listen(desk, window, tray)
    desk.bridge.do(drive(desk, window), "driving")

shell._listen = listen_and_drive
sys.exit(ui.run(sys.argv[1:]))
"""


def write_home(desktop: Desktop, configuration: dict[str, Any]) -> None:
    """A home in which the app was installed long ago, with this configuration.

    Unless it says otherwise nobody is asked for a new version.
    """
    asked_nowhere = {"updates": "off", **configuration.get("Desktop", {})}
    config = desktop.home / ".config" / "ccr-desktop"
    data = desktop.home / ".local" / "share" / "ccr-desktop"
    for folder in (config, data):
        folder.mkdir(parents=True, exist_ok=True)
    (config / "config.json").write_text(
        json.dumps({**configuration, "Desktop": asked_nowhere}), "utf-8"
    )
    (data / "window.json").write_text('{"installed-at-s": 1.0}', "utf-8")


def start(desktop: Desktop, code: str, configuration: dict[str, Any], *options: str) -> Program:
    write_home(desktop, configuration)
    return start_fresh(desktop, code, *options)


def start_fresh(desktop: Desktop, code: str, *options: str, **variables: str) -> Program:
    program = f"{_BEFORE}\n{code}\n{_AFTER}"
    return desktop.start_python(program, *options, environment=variables)
