"""Signing in with GitHub in the form of a provider; servers play GitHub and Copilot."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ccr_desktop.core.credentials import copilot, device_code
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.desktop import theme
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.providers.form_view import ProviderForm
from ccr_desktop.desktop.pages.providers.page import ProvidersPage
from ccr_desktop.desktop.pages.providers.presenter import build
from ccr_desktop.desktop.pages.providers.sign_in_dialog import SignInDialog
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.window import Window
from tests.component.github import CODE, Copilot, GitHub
from tests.component.provider import Provider
from tests.unit.desktop.answering import is_open, over
from tests.unit.desktop.pages.providers.conftest import MakeDesk, Show
from tests.unit.desktop.waiting import eventually

AT_ONCE = {**CODE, "interval": 0.001}


@asynccontextmanager
async def github(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[GitHub, str]]:
    """GitHub, and the address of a Copilot that knows its tokens."""
    copilot.account.cache_clear()
    async with GitHub() as server, Provider() as provider:
        provider.script = Copilot(server)
        server.code = AT_ONCE
        token_url = f"{server.url}/copilot_internal/v2/token"
        monkeypatch.setattr(device_code, "address", lambda _: server.url)
        monkeypatch.setattr(copilot, "token_url", lambda _: token_url)
        yield server, f"{provider.url}/chat/completions"


def opened(desk_of: MakeDesk, shown: Show, url: str, **members: object) -> ProviderForm:
    entry = {"name": "work", "api_base_url": url, "models": ["gpt-5.5"], **members}
    page = build(desk_of({"Providers": [entry], "Router": {"default": "work,gpt-5.5"}}))
    assert isinstance(page, ProvidersPage)
    page.show_detail("work")
    shown(page)
    return page.form


def pressed(form: ProviderForm) -> None:
    button = form.findChild(QPushButton, "sign-in")
    assert button is not None
    button.click()


@pytest.fixture
def kept(memory: MemorySecrets, config_file: Path) -> tuple[MemorySecrets, Path]:
    """Where the key goes, and where its name."""
    return memory, config_file


CHAIN = {"transformer": {"use": ["copilot"]}}


async def test_who_signs_in_has_the_key_in_the_form_and_the_models(
    qloop: Loop,
    desk_of: MakeDesk,
    shown: Show,
    kept: tuple[MemorySecrets, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    memory, config_file = kept
    opened_pages: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened_pages.append)
    async with github(monkeypatch) as (server, url):
        server.polls[0] = {"error": "authorization_pending"}
        form = opened(desk_of, shown, url, **CHAIN)

        pressed(form)
        dialog = await over(form.window(), SignInDialog)
        await eventually(lambda: dialog.code.text() == "ABCD-1234")
        dialog.code.copy()
        dialog.open_button.click()
        server.polls[0] = {"access_token": "gho_0"}

        await eventually(lambda: not is_open(dialog))
        await eventually(lambda: "claude-sonnet-5" in form.models.choices.names)
        assert QGuiApplication.clipboard().text() == "ABCD-1234"
        assert [page.toString() for page in opened_pages] == [CODE["verification_uri"]]
        assert form.key_field.text() == "gho_0"
        form.save_button.click()
        await eventually(lambda: "keyring:work" in config_file.read_text())
        assert memory.get("work") == "gho_0"


async def test_who_cancels_has_nothing(
    qloop: Loop, desk_of: MakeDesk, shown: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with github(monkeypatch) as (server, url):
        server.code = {**CODE, "interval": 60}
        form = opened(desk_of, shown, url, **CHAIN)

        pressed(form)
        dialog = await over(form.window(), SignInDialog)
        await eventually(dialog.code.text)
        dialog.cancel_button.click()

        await eventually(lambda: not is_open(dialog))
        assert form.key_field.text() == ""
        assert form.key_field.row.error() == ""


async def test_why_nobody_was_signed_in_is_said_at_the_field(
    qloop: Loop, desk_of: MakeDesk, shown: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with github(monkeypatch) as (server, url):
        server.polls[0] = {"error": "access_denied"}
        form = opened(desk_of, shown, url, **CHAIN)

        pressed(form)

        await eventually(form.key_field.row.error)
        assert "The page was answered with no." in form.key_field.row.error()
        await eventually(lambda: not form.window().findChildren(SignInDialog))


async def test_a_button_that_is_pressed_twice_asks_for_one_code(
    qloop: Loop, desk_of: MakeDesk, shown: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with github(monkeypatch) as (server, url):
        server.code = {**CODE, "interval": 60}
        form = opened(desk_of, shown, url, **CHAIN)

        pressed(form)
        pressed(form)
        dialog = await over(form.window(), SignInDialog)
        await eventually(dialog.code.text)
        dialog.cancel_button.click()

        await eventually(lambda: not form.window().findChildren(SignInDialog))
        assert len(server.calls) == 1
        pressed(form)
        again = await over(form.window(), SignInDialog)
        again.cancel_button.click()
        await eventually(lambda: not form.window().findChildren(SignInDialog))


async def test_a_key_that_comes_after_the_language_changed_is_in_the_new_form(
    qloop: Loop,
    desk_of: MakeDesk,
    qtbot: QtBot,
    look: theme.Theme,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with github(monkeypatch) as (server, url):
        server.polls[0] = {"error": "authorization_pending"}
        entry = {"name": "work", "api_base_url": url, "models": ["gpt-5.5"], **CHAIN}
        window = Window(desk_of({"Providers": [entry], "Router": {"default": "work,m"}}), pages())
        qtbot.addWidget(window)
        window.show_page("providers/work")
        window.show()
        form = window.findChild(ProviderForm)
        pressed(form)
        dialog = await over(window, SignInDialog)
        await eventually(dialog.code.text)

        window.reword()
        await eventually(lambda: not isValid(form))
        server.polls[0] = {"access_token": "gho_0"}

        await eventually(lambda: not is_open(dialog))
        form = window.findChild(ProviderForm)
        assert form.key_field.text() == "gho_0"
        await eventually(lambda: "claude-sonnet-5" in form.models.choices.names)


async def test_only_where_one_can_sign_in_it_is_offered(
    qloop: Loop, desk_of: MakeDesk, shown: Show
) -> None:
    far = "https://copilot.invalid/chat/completions"

    plain = opened(desk_of, shown, far)
    signing = opened(desk_of, shown, far, **CHAIN)

    assert not plain.key_field.sign_in_button.isVisible()
    assert signing.key_field.sign_in_button.text() == "Sign in with GitHub"
    assert "an editor" in signing.key_field.row.help.text()
