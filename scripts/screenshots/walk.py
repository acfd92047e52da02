"""A walk through the assistant with a server of models on this computer: a picture of each step."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING, TypeVar

import aiohttp
from PySide6.QtWidgets import QLineEdit, QSystemTrayIcon, QWidget

from ccr_desktop.core.observe.events import ExchangeEnded
from ccr_desktop.desktop.wizard.draft import KEY, LAUNCH, MODELS, PROVIDER
from ccr_desktop.desktop.wizard.frame import Wizard
from ccr_desktop.desktop.wizard.key_view import KeyView
from ccr_desktop.desktop.wizard.launch_view import LaunchView
from ccr_desktop.desktop.wizard.provider_rows import OTHER, provider_rows
from ccr_desktop.desktop.wizard.provider_view import ProviderView
from scripts.screenshots.traffic import until
from tests.support.upstream import Upstream
from tests.unit.desktop.pages.providers.answers import serve

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ccr_desktop.core.observe.events import Event
    from ccr_desktop.desktop.desk import Desk

PORT = 4471  # it is seen in the pictures
MODELS_THERE = ("qwen3-coder-480b", "qwen3-coder-30b")
FOLDER = "/home/ada/shop"
TOOK_S = 1.4
W = TypeVar("W", bound=QWidget)


def server() -> Upstream:
    """OpenAI's protocol at an address that is the same at each run."""
    made = Upstream(port=PORT)
    serve(made, models=MODELS_THERE)
    return made


def fix_times(desk: Desk) -> None:
    """Give everything that differs from run to run a value of its own."""
    ticks = itertools.count()
    time.perf_counter = lambda: next(ticks) * 0.12
    desk.bridge.happened.connect(_took_as_ever)
    QSystemTrayIcon.isSystemTrayAvailable = staticmethod(lambda: True)  # type: ignore[method-assign]


def _took_as_ever(event: Event) -> None:
    """Before the assistant reads it, which does so once Qt has come round."""
    if isinstance(event, ExchangeEnded):
        object.__setattr__(event, "duration_s", TOOK_S)


async def walk(
    desk: Desk, window: QWidget, url: str, picture: Callable[[str], Awaitable[None]]
) -> None:
    """From the welcome to the first answer; *url* is where the router really listens."""
    wizard = _part(window, Wizard)
    wizard.forward_wanted.emit()
    await until(lambda: wizard.step == PROVIDER)
    provider = _part(wizard, ProviderView)
    provider.search.setText(next(r.title for r in provider_rows((), "") if r.key == OTHER))
    provider.list.select(OTHER)
    provider.address.setText(f"http://127.0.0.1:{PORT}/v1")
    provider.address.setFocus()
    await picture("walk-provider")
    await _go_on(wizard, KEY)
    _part(wizard, QLineEdit, "key").setText("sk-0123456789abcdef01234")
    await until(lambda: _part(wizard, KeyView).test.trial.is_good)
    await picture("walk-key")
    await _go_on(wizard, MODELS)
    await until(wizard.primary.isEnabled)
    await picture("walk-models")
    await _go_on(wizard, LAUNCH)
    launch = _part(wizard, LaunchView)
    launch.folder.setText(FOLDER)
    await _ask(url)
    await until(lambda: "qwen3" in launch.outcome.text())
    await picture("walk-launch")


async def _go_on(wizard: Wizard, step: int) -> None:
    await until(wizard.primary.isEnabled)
    wizard.forward_wanted.emit()
    await until(lambda: wizard.step == step)


async def _ask(url: str) -> None:
    body = {
        "model": "claude-sonnet-4-5",
        "max_tokens": 100,
        "messages": [{"role": "user", "content": "hello"}],
    }
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{url}/v1/messages", json=body) as response,
    ):
        response.raise_for_status()
        await response.read()


def _part(widget: QWidget, kind: type[W], name: str = "") -> W:
    found = widget.findChild(kind, name) if name else widget.findChild(kind)
    if found is None:
        raise LookupError(name or kind.__name__)
    return found
