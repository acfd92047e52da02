"""An app whose password store is locked: all is there at once, and works once it is open."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from PySide6.QtWidgets import QPushButton

from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.observe.health import State
from ccr_desktop.core.relay import Relay
from ccr_desktop.core.secrets import MemorySecrets, Place, Secrets, StoreState, StoreStatus
from ccr_desktop.core.secrets.state import problem, status
from ccr_desktop.core.service import Service
from ccr_desktop.desktop import key_troubles, settings_watch
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.health_words import health_word
from ccr_desktop.desktop.key_troubles import KeyTroubles
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.pages.settings import text_presenter
from ccr_desktop.desktop.pages.settings.text import TextSection
from ccr_desktop.desktop.shell import make_desk
from ccr_desktop.desktop.tray.menu import tooltip
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.state import StateDot
from ccr_desktop.desktop.widgets.toast import UndoToast
from ccr_desktop.desktop.window import Window
from tests.component.client import QUESTION, Client
from tests.support.locked_secrets import LockedSecrets
from tests.support.turns import text
from tests.support.upstream import Upstream
from tests.unit.desktop.desks import write_config
from tests.unit.desktop.waiting import eventually


class AwaySecrets(MemorySecrets):
    """A store whose `state` anybody may change. It is open and refuses a key where `is_open`."""

    is_open = False

    def __init__(self, state: StoreState, **secrets: str) -> None:
        super().__init__(**secrets)
        self.state = state
        self.reads = self.looks = 0

    def get(self, name: str) -> str | None:
        self.reads += 1
        if self.state is not StoreState.READY:
            raise problem(Place.KEYRING, self.state)
        return super().get(name)

    def status(self) -> StoreStatus:
        self.looks += 1
        state = StoreState.READY if self.is_open else self.state
        return status(Place.KEYRING, state, self.describe())


class AskingSecrets(AwaySecrets):
    """To unlock it a person is asked, who puts that away unless it is ready by then."""

    def __init__(self, state: StoreState, **secrets: str) -> None:
        super().__init__(state, **secrets)
        self.answer = threading.Event()
        self.questions = 0

    def unlock(self, passphrase: str = "") -> StoreStatus:
        if self.state is StoreState.READY:
            return self.status()
        self.questions += 1
        self.answer.wait(60)
        return status(Place.KEYRING, StoreState.DENIED, self.describe())


def way_out(window: Window) -> QPushButton:
    banner = window.findChild(Banner, "banner-keys")
    assert banner
    return banner.button


KEY = "sk-of-the-test-0123456789"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings_watch, "_LOOK_EVERY_S", 0.02)


def configuration(upstream: Upstream) -> dict[str, Any]:
    provider = {
        "name": "first",
        "api_base_url": upstream.chat_url,
        "api_key": "keyring:first",
        "models": ["m"],
    }
    return {"Providers": [provider], "Router": {"default": "first,m"}}


@asynccontextmanager
async def locked(raw: dict[str, Any]) -> AsyncIterator[tuple[LockedSecrets, Desk, Window]]:
    write_config(raw)
    secrets = LockedSecrets(first=KEY)
    kept = Secrets(keyring=secrets)
    store = ConfigStore(None, overrides={"port": 0}, secrets=kept, patience_s=0.0)
    desk = make_desk(store)
    window = Window(desk, pages())
    KeyTroubles(desk, window)
    window.show()
    await desk.bridge.begin()
    await desk.bridge.supervisor.start()
    try:
        yield secrets, desk, window
    finally:
        secrets.open()
        window.deleteLater()
        await desk.bridge.end()
        desk.secrets.close()


@asynccontextmanager
async def away(secrets: AwaySecrets, raw: dict[str, Any]) -> AsyncIterator[tuple[Desk, Window]]:
    write_config(raw)
    kept = Secrets(keyring=secrets)
    desk = make_desk(ConfigStore(None, overrides={"port": 0}, secrets=kept, patience_s=5.0))
    window = Window(desk, pages())
    KeyTroubles(desk, window)
    await desk.bridge.begin()
    await desk.bridge.supervisor.start()
    try:
        yield desk, window
    finally:
        window.deleteLater()
        await desk.bridge.end()
        desk.secrets.close()


async def has_key(service: Service) -> bool:
    return service.config.providers["first"].api_key == KEY


def state_of(window: Window) -> str:
    dot = window.findChild(StateDot, "service-state")
    assert dot
    return str(dot.accessibleName())


async def test_it_is_said_in_words_and_a_request_fails_at_once_and_then_works(
    qloop: Loop, upstream: Upstream
) -> None:
    upstream.script(text("Hello"))
    async with (
        locked(configuration(upstream)) as (secrets, desk, window),
        aiohttp.ClientSession() as session,
    ):
        client = Client(session, desk.bridge.host.url)
        await eventually(lambda: state_of(window) == "Running, waiting for keys")
        assert tooltip(desk.bridge.overview).startswith("Waiting for your password store, on ")
        assert "has not given all keys yet" in window.banners.text("keys")
        refused = await client.ask(QUESTION)
        assert refused.status == 503
        assert "is still to come" in refused.error["message"]
        await eventually(lambda: desk.bridge.journal.entries)
        provider = desk.bridge.config.providers["first"]
        found = desk.bridge.health.of("first")
        assert found.state is State.UNKNOWN
        assert health_word(provider, found).word == "waiting for its key"

        secrets.open()

        await eventually(lambda: not window.banners.text("keys"))
        await eventually(lambda: state_of(window) == "Running")
        while not await desk.bridge.host.call(has_key):  # noqa: ASYNC110  # it was read by now
            await asyncio.sleep(0)
        answered = await client.ask(QUESTION)
        assert answered.status == 200
    assert upstream.requests[-1].headers["authorization"] == f"Bearer {KEY}"


async def test_it_is_said_until_the_router_uses_the_keys(
    qloop: Loop, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_use = threading.Event()
    monkeypatch.setattr(Relay, "load_plugins", lambda *_: not may_use.wait(60))
    async with locked(configuration(upstream)) as (secrets, desk, window):
        secrets.open()
        await eventually(lambda: not desk.bridge.store.awaits_keys)

        desk.bridge.refresh()

        assert state_of(window) == "Running, waiting for keys"
        assert "has not given all keys yet" in window.banners.text("keys")
        may_use.set()
        await eventually(lambda: state_of(window) == "Running")
        assert not window.banners.text("keys")


async def test_a_refusal_is_told_in_its_own_words_and_can_be_asked_again(
    qloop: Loop, upstream: Upstream
) -> None:
    async with locked(configuration(upstream)) as (secrets, desk, window):
        secrets.refuse()
        await eventually(lambda: "was refused" in window.banners.text("keys"))
        await eventually(lambda: state_of(window) == "Running with problems")
        banner = window.findChild(Banner, "banner-keys")
        assert banner
        assert banner.button.text() == "Ask again"
        await eventually(lambda: len(desk.concerns.lines()) == 1)
        (line,) = desk.concerns.lines()
        assert line.title == "Access to your system's password store was refused"
        assert [remedy.target for remedy in line.remedies] == ["settings/keys"]

        banner.button.click()

        await eventually(lambda: not window.banners.text("keys"))
        await eventually(lambda: not desk.concerns.lines())
        assert desk.bridge.config.providers["first"].api_key == KEY
        await eventually(lambda: state_of(window) == "Running")


async def test_asking_again_says_that_it_is_under_way_and_how_it_ended(
    qloop: Loop, upstream: Upstream
) -> None:
    secrets = AskingSecrets(StoreState.LOCKED, first=KEY)
    async with away(secrets, configuration(upstream)) as (_, window):
        window.show()
        await eventually(lambda: "is locked" in window.banners.text("keys"))
        assert way_out(window).text() == "Unlock"

        for _ in range(2):  # the second time from what is said after the first
            secrets.answer = threading.Event()
            way_out(window).setFocus()
            way_out(window).click()
            await eventually(lambda: "Asking your password store" in window.banners.text("keys"))
            way_out(window).click()
            secrets.answer.set()
            await eventually(lambda: "was put away" in window.banners.text("keys"))
            await eventually(lambda: way_out(window).has_cursor())
        assert secrets.questions == 2

        secrets.state = StoreState.READY
        way_out(window).click()

        await eventually(lambda: not window.banners.text("keys"))
        toast = window.findChild(UndoToast)
        assert isinstance(toast, UndoToast)
        await eventually(lambda: "gave the keys" in toast._text.text())


async def test_a_store_that_does_not_answer_is_told_as_one(
    qloop: Loop, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = AskingSecrets(StoreState.LOCKED, first=KEY)
    async with away(secrets, configuration(upstream)) as (desk, window):
        await eventually(lambda: "is locked" in window.banners.text("keys"))
        monkeypatch.setattr(desk.secrets, "_unlock_limit_s", 0.01)

        way_out(window).click()

        await eventually(lambda: "does not answer" in window.banners.text("keys"))
        secrets.answer.set()


@pytest.mark.parametrize("state", [StoreState.LOCKED, StoreState.MISSING])
async def test_a_store_that_another_program_opens_or_starts_is_used(
    qloop: Loop, upstream: Upstream, monkeypatch: pytest.MonkeyPatch, state: StoreState
) -> None:
    monkeypatch.setattr(key_troubles, "_LOOK_EVERY_MS", 5)
    secrets = AwaySecrets(state, first=KEY)
    async with away(secrets, configuration(upstream)) as (desk, window):
        await eventually(lambda: window.banners.text("keys"))

        secrets.state = StoreState.READY

        await eventually(lambda: not window.banners.text("keys"))
        while not await desk.bridge.host.call(has_key):  # noqa: ASYNC110  # it was read by now
            await asyncio.sleep(0)


async def test_keys_that_are_known_from_before_are_said_to_stay_in_use(
    qloop: Loop, upstream: Upstream
) -> None:
    secrets = AwaySecrets(StoreState.READY, first=KEY)
    raw = configuration(upstream)
    async with away(secrets, raw) as (desk, window):
        secrets.state = StoreState.LOCKED
        await desk.bridge.reload()

        await eventually(lambda: "stay in use" in window.banners.text("keys"))
        assert "is locked" in window.banners.text("keys")
        assert "Unlock it to use" not in window.banners.text("keys")
        assert desk.bridge.config.providers["first"].api_key == KEY

        another = {**raw["Providers"][0], "name": "second", "api_key": "keyring:second"}
        await desk.bridge.edit(lambda now: {**now, "Providers": [*now["Providers"], another]}, "")

        await eventually(lambda: "Unlock it to use your keys" in window.banners.text("keys"))


async def test_who_refuses_is_not_asked_again_by_the_looks_at_the_store(
    qloop: Loop, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_troubles, "_LOOK_EVERY_MS", 1)
    monkeypatch.setattr(AwaySecrets, "is_open", True)
    secrets = AwaySecrets(StoreState.DENIED, first=KEY)
    async with away(secrets, configuration(upstream)) as (_, window):
        await eventually(lambda: window.banners.text("keys"))
        reads = secrets.reads
        secrets.looks = 0

        await eventually(lambda: secrets.looks > 5)

        assert secrets.reads == reads


async def test_the_routers_own_key_opens_it_to_others_once_it_is_there(
    qloop: Loop, upstream: Upstream
) -> None:
    raw = {**configuration(upstream), "APIKEY": "keyring:first", "HOST": "0.0.0.0"}
    async with locked(raw) as (secrets, desk, _):
        assert desk.bridge.config.host == "127.0.0.1"

        secrets.open()

        await eventually(lambda: desk.bridge._listens_on == ("0.0.0.0", 0))
        assert not desk.bridge.needs_restart


async def test_text_that_is_written_meanwhile_is_checked_without_waiting(
    qloop: Loop, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_presenter, "_CHECK_AFTER_MS", 0)
    qloop.set_default_executor(ThreadPoolExecutor(2))
    raw = configuration(upstream)
    async with locked(raw) as (secrets, _desk, window):
        await eventually(lambda: secrets.asked == ["first"])
        window.show_page("settings/text")
        text = window.findChild(TextSection)
        assert isinstance(text, TextSection)
        await eventually(lambda: "not given this key" in problems(text))
        for number in range(4):  # more than there are threads, each of which would wait
            text.editor.show_text(json.dumps({**raw, f"ODD_{number}": 1}))
            await eventually(lambda name=f"ODD_{number}": name in problems(text))
        text.editor.show_text(json.dumps(raw))
        await eventually(lambda: "not given this key" in problems(text))
        assert secrets.asked == ["first"]

        secrets.open()

        await eventually(lambda: not problems(text))
        assert secrets.asked == ["first"]


def problems(text: TextSection) -> str:
    return "\n".join(f"{row.title} {row.subtitle}" for row in text.problems.rows.rows)
