"""The whole app with the system around it: notices, keys, login, sleep and its end."""

import asyncio
import json
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.driven import start
from tests.desktop.logind import Logind
from tests.desktop.session import Desktop
from tests.desktop.sink import NotificationSink
from tests.desktop.waiting import eventually
from tests.support.ports import free_port
from tests.support.turns import http_error, text
from tests.support.upstream import Upstream

SECRET = "sk-of-the-test-8f2b61c9d4e7"  # belongs to nobody
ALL_SECRETS = """
import secretstorage
with secretstorage.dbus_init() as bus:
    for item in secretstorage.get_default_collection(bus).get_all_items():
        print(item.get_secret().decode())
"""
IDLE = "async def drive(desk, window): pass"


def configuration(upstream: Upstream | None = None, **more: Any) -> dict[str, Any]:
    url = upstream.chat_url if upstream else "http://127.0.0.1:1/v1"
    providers = [
        {"name": name, "api_base_url": url, "api_key": SECRET, "models": [f"{name}-model"]}
        for name in ("first", "second")
    ]
    routes = {"default": ["first,first-model", "second,second-model"]}
    return {"PORT": free_port(), "Providers": providers, "Router": routes, **more}


def is_answering(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=30) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def ask(port: int) -> str:
    body = {
        "model": "claude-sonnet-5",
        "max_tokens": 100,
        "messages": [{"role": "user", "content": "Hello"}],
    }
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/messages",
        json.dumps(body).encode(),
        {"content-type": "application/json", "anthropic-version": "2023-06-01"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return str(answer.read().decode())


@pytest.fixture
def upstream() -> Any:
    with Upstream() as server:
        yield server


async def test_a_fallback_is_told_and_its_button_brings_the_window(
    desktop: Desktop, sink: NotificationSink, upstream: Upstream
) -> None:
    upstream.script(*[http_error(503)] * 4, model="first-model")
    upstream.script(text("Hello from the backup"), model="second-model")
    raw = configuration(upstream)
    code = """
async def drive(desk, window):
    desk.bridge.page_wanted.connect(lambda page: print("page", page, flush=True))
"""
    app = start(desktop, code, raw, "--hidden")
    await eventually(lambda: is_answering(raw["PORT"]), "the router")

    assert "Hello from the backup" in await asyncio.to_thread(ask, raw["PORT"])
    note = await sink.next()
    assert note.title == "Router: using a backup model"
    assert "first" in note.body
    assert note.actions["show"] == "Show why"

    sink.click(note, "show")

    await eventually(lambda: "page activity" in app.output(), "the page")
    await asyncio.to_thread(desktop.screen.window, "CCR Desktop")


async def test_a_key_goes_into_the_real_keyring_and_is_nowhere_on_the_disk(
    desktop: Desktop,
) -> None:
    await asyncio.to_thread(desktop.start_keyring)
    raw = configuration()
    code = """
from ccr_desktop.desktop.widgets.row_list import RowList

async def drive(desk, window):
    window.show_page("settings/keys")
    rows = window.findChild(RowList, "provider-keys")
    await until(lambda: len(rows.rows.rows) == 2)
    for name in ("first", "second"):
        menu = rows.menu_for(next(row for row in rows.rows.rows if row.key == name))
        next(a for a in menu.actions() if a.text() == "Move to the key store").trigger()
        is_kept = lambda: desk.bridge.raw["Providers"][name == "second"]["api_key"]
        await until(lambda: is_kept() == f"keyring:{name}")
    await until(lambda: all("Secret Service" in row.subtitle for row in rows.rows.rows))
    print("moved", desk.bridge.config.providers["first"].api_key[:5], flush=True)
"""
    app = start(desktop, code, raw)
    await eventually(lambda: "moved sk-of" in app.output() or not app.is_running, "the move")
    assert app.end() == 0

    read = await asyncio.to_thread(desktop.run, sys.executable, "-c", ALL_SECRETS)
    assert read.stdout.split() == [SECRET, SECRET]
    assert files_with(desktop.folder, SECRET) == []


def files_with(folder: Path, words: str) -> list[Path]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if words.encode() in path.read_bytes()]


async def test_the_start_at_login_is_a_file_that_the_desktop_accepts(desktop: Desktop) -> None:
    code = """
from ccr_desktop.desktop.widgets.switch import Switch

async def drive(desk, window):
    window.show_page("settings/general")
    switch = window.findChild(Switch, "start-at-login")
    switch.click()
    await until(lambda: path.is_file())
    print("on", flush=True)
    await until(lambda: not path.with_suffix(".wait").exists())
    switch.click()
    await until(lambda: not path.exists())
    print("off", flush=True)

from pathlib import Path
path = Path.home() / ".config" / "autostart" / "ccr-desktop.desktop"
"""
    path = desktop.home / ".config" / "autostart" / "ccr-desktop.desktop"
    path.parent.mkdir(parents=True)
    path.with_suffix(".wait").touch()
    app = start(desktop, code, configuration())
    await eventually(lambda: "on" in app.output() or not app.is_running, "that it is on")

    assert "ui --hidden" in path.read_text("utf-8")
    assert problems_of(path) == ""

    path.with_suffix(".wait").unlink()
    await eventually(lambda: "off" in app.output(), "that it is off")
    assert not path.exists()


def problems_of(entry: Path) -> str:
    program = shutil.which("desktop-file-validate")
    assert program
    done = subprocess.run([program, entry], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


async def test_after_a_sleep_the_router_is_looked_at_at_once(desktop: Desktop) -> None:
    raw = configuration()
    code = """
def prepare(desk):
    check = desk.bridge.supervisor.check
    desk.bridge.supervisor.check = lambda: (print("looked", flush=True), check())

async def drive(desk, window):
    await until(lambda: desk.bridge.supervisor.state.url)
    print("running", flush=True)
"""
    async with Logind(desktop.bus_address) as logind:
        app = start(desktop, code, raw, "--hidden")
        await eventually(lambda: "running" in app.output(), "the router")

        def woke_up() -> bool:
            logind.fall_asleep()
            logind.wake_up()
            return "looked" in app.output()

        await eventually(woke_up, "the look at the router")
        assert await asyncio.to_thread(is_answering, raw["PORT"])


async def test_it_ends_in_order_and_leaves_nothing(desktop: Desktop) -> None:
    raw = configuration()
    app = start(desktop, IDLE, raw)
    await eventually(lambda: is_answering(raw["PORT"]), "the router")
    await asyncio.to_thread(desktop.screen.window, "CCR Desktop")

    assert await asyncio.to_thread(app.end) == 0

    assert not is_answering(raw["PORT"])
    assert "Traceback" not in app.output()
    assert [path.name for path in desktop.runtime.rglob("*.sock")] == []
    logs = desktop.home / ".local" / "state" / "ccr-desktop"
    assert list(logs.rglob("crash*")) == []
    kept = desktop.home / ".local" / "share" / "ccr-desktop" / "window.json"
    assert json.loads(kept.read_text("utf-8"))["window"]


async def test_a_failure_becomes_a_report_and_the_app_goes_on(desktop: Desktop) -> None:
    raw = configuration()
    code = """
from PySide6.QtCore import QTimer

def fail():
    raise ValueError(f"a mistake with {SECRET}")

async def drive(desk, window):
    global SECRET
    SECRET = desk.bridge.config.providers["first"].api_key
    QTimer.singleShot(0, fail)
    await until(lambda: window.banners.text("crash"))
    print("told:", window.banners.text("crash"), flush=True)
"""
    app = start(desktop, code, raw)
    await eventually(lambda: "told:" in app.output(), "the words in the window")

    await eventually(lambda: is_answering(raw["PORT"]), "the router, which goes on")
    [report] = (desktop.home / ".local" / "state").rglob("crash-*.txt")
    assert "ValueError" in report.read_text("utf-8")
    assert SECRET not in report.read_text("utf-8")


async def test_a_setting_that_needs_it_starts_the_app_again(desktop: Desktop) -> None:
    raw = configuration()
    code = """
from ccr_desktop.desktop.pages.settings.rows import SwitchRow

async def drive(desk, window):
    await until(lambda: desk.bridge.supervisor.state.url)
    window.show_page("settings/service")
    rows = window.findChildren(SwitchRow)
    row = next(row for row in rows if row.title == "A thread of its own")
    row.switch.click()
    await until(row.said)
    row.fix_wanted.emit()
"""
    app = start(desktop, code, raw)

    assert await asyncio.to_thread(app.wait) == 0
    await eventually(lambda: is_answering(raw["PORT"]), "the router of the next app")
