"""Signing in with GitHub, which a real server plays."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from ccr_desktop.core.credentials import device_code
from tests.component.github import CODE, GitHub
from tests.unit.cli.conftest import Home, Run, Said

ADD = ("providers", "add", "copilot", "--no-test")
KEPT = "ccr-desktop/provider:copilot"
AT_ONCE = {**CODE, "interval": 0.001}


@pytest.fixture
async def github(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[GitHub]:
    async with GitHub() as server:
        server.code = AT_ONCE
        monkeypatch.setattr(device_code, "address", lambda name: f"{server.url}/{name}")
        yield server


@pytest.fixture
def call(run: Run) -> Any:
    """Runs a command beside the server's loop."""

    async def command(*arguments: str, typed: str | None = None) -> Said:
        return await asyncio.to_thread(run, *arguments, typed=typed)

    return command


def write(user: Home, **members: Any) -> None:
    url = "https://api.githubcopilot.com/chat/completions"
    entry = {"name": "copilot", "api_base_url": url, "models": ["m"], **members}
    user.write({"Providers": [entry], "Router": {"default": "copilot,m"}})


CHAIN = {"transformer": {"use": ["copilot"]}}


async def test_a_person_who_adds_copilot_signs_in(user: Home, call: Any, github: GitHub) -> None:
    github.polls.extendleft([{"error": "authorization_pending"}])

    said = await call(*ADD, typed="\ny\ny\n")

    assert said.code == 0, said.err
    assert "Open https://github.com/login/device" in said.err
    assert "ABCD-1234" in said.err
    (entry,) = user.raw["Providers"]
    assert entry["api_key"] == "keyring:copilot"
    assert entry["transformer"] == {"use": ["copilot"]}
    assert user.keys == {KEPT: "gho_0"}
    assert "gho_0" not in said.out + said.err + user.own.read_text()
    assert github.calls[0].target == "/github.com/login/device/code"


async def test_a_company_signs_in_at_its_own_github(user: Home, call: Any, github: GitHub) -> None:
    url = "https://copilot-api.acme.ghe.com/chat/completions"

    said = await call(*ADD, "--preset", "copilot", "--url", url, typed="\ny\ny\n")

    assert said.code == 0, said.err
    (entry,) = user.raw["Providers"]
    assert (entry["api_base_url"], entry["transformer"]) == (url, {"use": ["copilot"]})
    assert github.calls[0].target == "/acme.ghe.com/login/device/code"


async def test_who_does_not_sign_in_is_asked_for_a_key(
    user: Home, call: Any, github: GitHub
) -> None:
    said = await call(*ADD, typed="\nn\nghu_pasted\ny\n")

    assert said.code == 0, said.err
    assert user.keys == {KEPT: "ghu_pasted"}
    assert github.calls == []


async def test_who_answers_no_on_the_page_adds_nothing(
    user: Home, call: Any, github: GitHub
) -> None:
    github.polls[0] = {"error": "access_denied"}

    said = await call(*ADD, typed="\ny\n")

    assert said.code == 1
    assert "The page was answered with no. Nothing was kept." in said.err
    assert (user.keys, user.own.exists()) == ({}, False)


async def test_who_ends_it_while_it_waits_adds_nothing(
    user: Home, call: Any, github: GitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def interrupted(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("ccr_desktop.core.upstream.signing_in.wait_for_token", interrupted)

    said = await call(*ADD, typed="\ny\n")

    assert said.code == 130
    assert (user.keys, user.own.exists()) == ({}, False)


async def test_signing_in_again_takes_the_place_of_the_key(
    user: Home, call: Any, github: GitHub
) -> None:
    write(user, api_key="$GITHUB_COPILOT_TOKEN", **CHAIN)

    said = await call("keys", "sign-in", "copilot", "--yes")

    assert said.code == 0, said.err
    assert user.keys == {KEPT: "gho_0"}
    assert user.raw["Providers"][0]["api_key"] == "keyring:copilot"


async def test_a_provider_without_a_sign_in_is_told(user: Home, call: Any, github: GitHub) -> None:
    write(user, api_key="k")

    said = await call("keys", "sign-in", "copilot")

    assert said.code == 2
    assert "copilot has no sign-in" in said.err
    assert "--preset copilot" in said.err
    assert github.calls == []


async def test_nobody_signs_in_for_a_provider_that_is_not_there(
    user: Home, call: Any, github: GitHub
) -> None:
    write(user, **CHAIN)

    said = await call("keys", "sign-in", "copilto")

    assert said.code == 2
    assert "No provider is named copilto" in said.err
    assert "`ccr providers add copilot`" in said.err
    assert (user.keys, github.calls) == ({}, [])


@pytest.mark.usefixtures("without_keyring")
async def test_without_a_store_nobody_is_sent_to_the_page(call: Any, github: GitHub) -> None:
    said = await call("keys", "sign-in", "copilot")

    assert said.code == 1
    assert "`ccr keys use-file`" in said.err
    assert github.calls == []
