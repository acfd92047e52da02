"""What is hard to see from outside; `tests/component/test_qwen_cli.py` has the rest."""

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.credentials import sign_in as module
from ccr_desktop.core.credentials.program import Program
from ccr_desktop.core.credentials.sign_in import SignIn, sign_in
from ccr_desktop.core.dialects.base import UpstreamAnswer, UpstreamCall
from ccr_desktop.core.protocol.json import JsonObject
from ccr_desktop.errors import CcrError, CredentialError

PROGRAM = Program(
    name="A CLI",
    command="a",
    path="~/.a/creds.json",
    token_url="https://tokens.test/token",
    client_id="id",
    client_secret="public",
)
OLD = {"access_token": "old", "refresh_token": "refresh", "expiry_date": 0}


class Tokens:
    """A token server; gives a new token for each request."""

    def __init__(self, **answer: object) -> None:
        self.calls: list[UpstreamCall] = []
        self.answer = answer

    async def __call__(self, call: UpstreamCall) -> UpstreamAnswer:
        self.calls.append(call)
        told = {"access_token": f"new-{len(self.calls)}", "expires_in": 3600, **self.answer}
        return UpstreamAnswer(200, json.dumps(told).encode())


def held(path: Path) -> Any:
    """What is in the file; None when there is none."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def hold(path: Path, members: JsonObject | None) -> None:
    if members is None:
        path.unlink()
    else:
        path.write_text(json.dumps(members), encoding="utf-8")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "creds.json"
    hold(path, OLD)
    return path


def test_there_is_one_for_each_file(path: Path) -> None:
    assert sign_in(PROGRAM, path) is sign_in(PROGRAM, path)
    assert sign_in(PROGRAM, path) is not sign_in(PROGRAM, path.with_name("other"))


async def test_the_secret_of_the_program_goes_with_the_request(path: Path) -> None:
    tokens = Tokens()
    await SignIn(PROGRAM, path).members(tokens)

    assert b"client_secret=public" in tokens.calls[0].body


async def test_a_link_stays_a_link(path: Path) -> None:
    link = path.with_name("link.json")
    link.symlink_to(path)

    await SignIn(PROGRAM, link).members(Tokens())

    assert link.is_symlink()
    assert held(path)["access_token"] == "new-1"


async def test_tokens_that_cant_be_written_are_remembered_until_the_file_changes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise CcrError("the disk is full", "")

    monkeypatch.setattr(module, "write_safely", refuse)
    tokens, signed = Tokens(), SignIn(PROGRAM, path)

    first = await signed.members(tokens)
    second = await signed.members(tokens)
    theirs = {**OLD, "access_token": "theirs", "expiry_date": (time.time() + 999) * 1000}
    hold(path, theirs)

    assert first == second
    assert len(tokens.calls) == 1
    assert (await signed.members(tokens))["access_token"] == "theirs"


async def test_a_file_that_goes_away_meanwhile_is_not_made_again(path: Path) -> None:
    tokens = Tokens()

    async def and_sign_out(call: UpstreamCall) -> UpstreamAnswer:
        hold(path, None)
        return await tokens(call)

    with pytest.raises(CredentialError, match="no such file"):
        await SignIn(PROGRAM, path).members(and_sign_out)
    assert held(path) is None


async def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CredentialError, match="can't be read"):
        await SignIn(PROGRAM, tmp_path).members(Tokens())


@pytest.mark.timeout(10)
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has none with names")
async def test_a_pipe_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "creds.json")
    with pytest.raises(CredentialError, match="It is a pipe"):
        await SignIn(PROGRAM, tmp_path / "creds.json").members(Tokens())


async def test_a_life_that_is_not_told_is_the_usual_one(path: Path) -> None:
    members = await SignIn(PROGRAM, path).members(Tokens(expires_in="soon"))

    assert members["expiry_date"] > (time.time() + 3000) * 1000


@pytest.mark.parametrize(
    ("expires", "is_fresh"),
    [("4000000000000", True), ("4e12", True), ("5", False), ("soon", False), ("nan", False)],
)
async def test_a_time_may_be_written_as_a_text(path: Path, expires: str, is_fresh: bool) -> None:
    hold(path, {**OLD, "expiry_date": expires})
    server = Tokens(expires_in="1800")

    members = await SignIn(PROGRAM, path).members(server)

    assert members["access_token"] == ("old" if is_fresh else "new-1")
    if not is_fresh:
        left_s = members["expiry_date"] / 1000 - time.time()
        assert 1700 < left_s < 1900
