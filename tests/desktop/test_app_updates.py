"""A new version from its notice to its installer, which starts once the app has ended."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.driven import start
from tests.desktop.session import Desktop
from tests.desktop.sink import NotificationSink
from tests.desktop.test_app import configuration, is_answering
from tests.desktop.waiting import eventually
from tests.support.release_site import ReleaseSite

RUN = "ccr-desktop-9.0.0-linux-x86_64.run"
INSTALLER = """#!/bin/sh
# Whether the router of the old app still listens is the question.
python3 - "$@" <<'END' > "{told}.new" && mv "{told}.new" "{told}"
import socket, sys
with socket.socket() as probe:
    is_free = probe.connect_ex(("127.0.0.1", {port})) != 0
print("free" if is_free else "in use", *sys.argv[1:])
END
"""
CODE = """
from ccr_desktop.core.updates import files, handing
from ccr_desktop.core.updates.installation import Installation, Method
from ccr_desktop.desktop.updating import flow
from ccr_desktop.desktop.updating.dialog import UpdateDialog
from PySide6.QtWidgets import QPushButton

flow.find_installation = lambda: Installation(Method.ARCHIVE)
flow.pinned_keys = lambda: {keys!r}
handing.own_app = lambda: ["/nowhere/ccr-desktop"]
files.platform.machine = lambda: "x86_64"

def prepare(desk):
    present = desk.attention._present

    async def told(notice):
        is_shown = await present(notice)
        print("told", flush=True)  # no click before it means anything
        return is_shown

    desk.attention._present = told

async def drive(desk, window):
    dialog = await until(lambda: window.findChild(UpdateDialog))
    go = dialog.findChild(QPushButton, "update-go")
    print("dialog", flush=True)
    go.click()
    await until(lambda: go.isVisible() and go.text() == {last!r})
    print("ready", flush=True)
    go.click()
"""


def publish(site: ReleaseSite, told: Path, port: int) -> None:
    script = INSTALLER.format(told=told, port=port)
    site.publish("9.0.0", {RUN: script.encode()})


def scene(site: ReleaseSite, last: str = "Quit and install") -> tuple[dict[str, Any], str]:
    raw = configuration(Desktop={"updateSource": site.source, "updates": "daily"})
    return raw, CODE.format(keys=site.key.pinned, last=last)


async def test_from_the_notice_to_the_installer(
    desktop: Desktop, sink: NotificationSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)  # where the app would not look by itself
    told = desktop.folder / "installed"
    with ReleaseSite() as site:
        raw, code = scene(site)
        publish(site, told, raw["PORT"])
        app = start(desktop, code, raw, "--hidden")
        await eventually(lambda: is_answering(raw["PORT"]), "the router")
        note = await sink.next()
        assert note.title == "An update is ready"
        await eventually(lambda: "told" in app.output(), "that a click can be heard")
        assert "dialog" not in app.output()

        sink.click(note, "see-changes")

        await eventually(told.exists, "the installer")
        await eventually(lambda: not app.is_running, "the end of the app")
    words = told.read_text().split()
    assert words[0] == "free"
    assert words[1:3] == ["--quiet", "--"]
    assert words[-1] == "--start"


async def test_a_tampered_file_leaves_the_app_running(
    desktop: Desktop, sink: NotificationSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    told = desktop.folder / "installed"
    with ReleaseSite() as site:
        raw, code = scene(site, last="Try again")
        publish(site, told, raw["PORT"])
        site.served[site.path(RUN)] = site.served[site.path(RUN)].replace(b"free", b"evil")
        app = start(desktop, code, raw, "--hidden")
        note = await sink.next()
        await eventually(lambda: "told" in app.output(), "that a click can be heard")
        sink.click(note, "see-changes")

        await eventually(lambda: "ready" in app.output(), "the refusal")

        assert app.is_running
        assert not told.exists()
        kept = desktop.home / ".local" / "share" / "ccr-desktop" / "window.json"
        assert json.loads(await asyncio.to_thread(kept.read_text))["updates.checked-at-s"]
        assert app.end() == 0
