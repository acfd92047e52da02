import json
from collections import deque
from typing import Any
from urllib.parse import parse_qs

import pytest

from ccr_desktop.core.credentials.device_code import (
    CLIENT_ID,
    DeviceCode,
    request_code,
    wait_for_token,
)
from ccr_desktop.core.dialects.base import UpstreamAnswer, UpstreamCall
from ccr_desktop.core.protocol.failures import Failure
from ccr_desktop.errors import (
    CcrError,
    CredentialError,
    UpstreamRejected,
    UpstreamTimeout,
    UpstreamUnreachable,
)

CODE = DeviceCode(
    user_code="ABCD-1234",
    page="https://github.com/login/device",
    secret="device-secret",
    interval_s=5.0,
    life_s=900.0,
    github="github.com",
)
PENDING = {"error": "authorization_pending"}
AWAY = UpstreamUnreachable("GitHub", "sign-in", "away", "")


class GitHub:
    """Answers in turn; an exception is raised. `slept` is how long was waited."""

    def __init__(self, *answers: Any) -> None:
        self.answers = deque(answers)
        self.calls: list[UpstreamCall] = []
        self.slept: list[float] = []

    async def __call__(self, call: UpstreamCall) -> UpstreamAnswer:
        self.calls.append(call)
        answer = self.answers.popleft() if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return UpstreamAnswer(200, json.dumps(answer).encode())

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    @property
    def form(self) -> dict[str, str]:
        """What was posted last."""
        return {name: text[0] for name, text in parse_qs(self.calls[-1].body.decode()).items()}


async def test_a_code_is_what_github_says() -> None:
    told = {
        "device_code": "device-secret",
        "user_code": "ABCD-1234",
        "verification_uri": "https://github.com/login/device",
    }
    github = GitHub(told)

    assert await request_code(github) == CODE
    assert github.calls[0].url == "https://github.com/login/device/code"
    assert github.form == {"client_id": CLIENT_ID, "scope": "read:user"}
    github.answers[0] = {**told, "interval": 8, "expires_in": 60}
    code = await request_code(github, "acme.ghe.com")
    assert (code.interval_s, code.life_s) == (8.0, 60.0)
    assert github.calls[1].url == "https://acme.ghe.com/login/device/code"
    assert "device-secret" not in repr(code)


async def test_who_types_the_code_is_waited_for() -> None:
    github = GitHub(PENDING, PENDING, {"access_token": "ghu_1", "token_type": "bearer"})

    assert await wait_for_token(github, CODE, github.sleep) == "ghu_1"
    assert github.slept == [5.0] * 3
    assert github.calls[0].url == "https://github.com/login/oauth/access_token"
    assert github.form == {
        "client_id": CLIENT_ID,
        "device_code": "device-secret",
        "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
    }


async def test_github_may_ask_to_be_asked_less_often() -> None:
    slower = {"error": "slow_down"}
    github = GitHub(slower, {**slower, "interval": 12}, AWAY, {"access_token": "ghu_1"})

    assert await wait_for_token(github, CODE, github.sleep) == "ghu_1"
    assert github.slept == [5.0, 10.0, 12.0, 17.0]


@pytest.mark.parametrize("answer", [PENDING, AWAY, {"error": "expired_token"}])
async def test_a_code_that_nobody_types_ends(answer: Any) -> None:
    github = GitHub(answer)

    with pytest.raises(CredentialError, match="not used in time"):
        await wait_for_token(github, CODE, github.sleep)

    assert sum(github.slept) < CODE.life_s + max(github.slept)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"error": "access_denied"}, "answered with no"),
        ({"error": "device_flow_disabled"}, "lets nobody sign in with a code"),
        ({"error": "incorrect_device_code"}, "does not know the code any more"),
        ({"error": "e", "error_description": "It is off"}, r"GitHub says: It is off\."),
        ([1], "What GitHub answered, with status 200, can't be understood"),
    ],
)
async def test_what_will_never_be_a_token_is_told(answer: Any, words: str) -> None:
    github = GitHub(answer)

    with pytest.raises(CredentialError, match=words):
        await wait_for_token(github, CODE, github.sleep)

    assert len(github.calls) == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"user_code": "A" * 41},
        {"user_code": "AB CD"},
        {"user_code": 7},
        {"verification_uri": "file:///etc/passwd"},
        {"verification_uri": "http://github.com/login/device"},
        {"verification_uri": f"https://github.com/{'x' * 301}"},
        {"device_code": ""},
    ],
)
async def test_a_code_that_nobody_could_type_is_none(odd: dict[str, Any]) -> None:
    told = {
        "device_code": "device-secret",
        "user_code": "ABCD-1234",
        "verification_uri": "https://github.com/login/device",
    }

    with pytest.raises(CredentialError, match="can't be understood"):
        await request_code(GitHub({**told, **odd}))


async def test_no_code_is_told() -> None:
    github = GitHub({"error": "Not Found"})

    with pytest.raises(CredentialError, match="Nobody was signed in"):
        await request_code(github)


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (
            UpstreamUnreachable("GitHub", "sign-in", "GitHub,sign-in can't be reached", "no way"),
            "GitHub gave no code: no way.",
        ),
        (
            UpstreamRejected("GitHub", "sign-in", Failure.of(502, "bad gateway"), {}),
            "GitHub answered 502. Try again in a few minutes.",
        ),
        (
            UpstreamTimeout("GitHub", "sign-in", "GitHub,sign-in timed out", "20 s"),
            "GitHub did not answer in time. Try again in a few minutes.",
        ),
    ],
)
async def test_github_that_gives_no_answer_is_not_told_as_a_route(
    failure: CcrError, told: str
) -> None:
    with pytest.raises(CredentialError) as caught:
        await request_code(GitHub(failure))

    assert (caught.value.title, caught.value.message) == ("Nobody was signed in with GitHub", told)
