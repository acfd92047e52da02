"""Signing in with GitHub from a program: a code that a person types on GitHub's page.

Source: https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps,
"Device flow"; the client is that of Copilot in editors, as litellm and copilot-api have it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ccr_desktop.core.credentials.copilot import HEADERS
from ccr_desktop.core.credentials.copilot_editors import GITHUB
from ccr_desktop.core.credentials.github_words import github_said
from ccr_desktop.core.dialects.base import UpstreamCall
from ccr_desktop.core.protocol.json import JsonObject, loads_object
from ccr_desktop.core.protocol.sentences import ended
from ccr_desktop.errors import CredentialError, UpstreamError, UpstreamRejected, UpstreamTimeout

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import Fetch, UpstreamAnswer

CLIENT_ID = "Iv1.b507a08c87ecfe98"
_SCOPE = "read:user"
_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_FORM = {**HEADERS, "Content-Type": "application/x-www-form-urlencoded"}
_LIFE_S = 900.0
_INTERVAL_S = 5.0
_SLOWER_S = 5.0
_TITLE = "Nobody was signed in with GitHub"
_TOLD = {
    "expired_token": "The code was not used in time. Nothing was kept: start again.",
    "access_denied": "The page was answered with no. Nothing was kept.",
    "incorrect_device_code": "GitHub does not know the code any more. Start again.",
    "device_flow_disabled": "This GitHub lets nobody sign in with a code. Ask who runs it.",
}
_CODE = re.compile(r"[!-~]{1,40}")
_PAGE = re.compile(r"https://[!-~]{1,300}")

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """What a person is shown, `user_code` and the `page` for it, and what asks for the token."""

    user_code: str
    page: str
    secret: str = field(repr=False)
    interval_s: float
    life_s: float
    github: str


async def request_code(fetch: Fetch, github: str = GITHUB) -> DeviceCode:
    """A new code. Raises `CredentialError` when GitHub gives none."""
    form = {"client_id": CLIENT_ID, "scope": _SCOPE}
    try:
        answer = await fetch(_call(f"{address(github)}/login/device/code", form))
    except UpstreamError as exc:
        raise _unanswered(exc) from exc
    told = loads_object(answer.body)
    code, page = _text(told, "user_code"), _text(told, "verification_uri")
    secret = _text(told, "device_code")
    if not (_CODE.fullmatch(code) and _PAGE.fullmatch(page) and secret):
        raise _refused(answer, told)
    return DeviceCode(
        user_code=code,
        page=page,
        secret=secret,
        interval_s=_seconds(told.get("interval"), _INTERVAL_S),
        life_s=_seconds(told.get("expires_in"), _LIFE_S),
        github=github,
    )


async def wait_for_token(fetch: Fetch, code: DeviceCode, sleep: Sleep = asyncio.sleep) -> str:
    """The token, once the code was typed. Raises `CredentialError` when it never will be."""
    form = {"client_id": CLIENT_ID, "device_code": code.secret, "grant_type": _GRANT}
    call = _call(f"{address(code.github)}/login/oauth/access_token", form)
    pause_s, left_s = code.interval_s, code.life_s
    while left_s > 0:
        await sleep(pause_s)
        left_s -= pause_s
        try:
            answer = await fetch(call)
        except UpstreamError:  # the network is away for a moment, or GitHub is
            pause_s += _SLOWER_S
            continue
        told = loads_object(answer.body)
        if token := _text(told, "access_token"):
            return token
        match told.get("error"):
            case "authorization_pending":
                continue
            case "slow_down":
                pause_s = _seconds(told.get("interval"), pause_s + _SLOWER_S)
            case _:
                raise _refused(answer, told)
    raise CredentialError(_TITLE, _TOLD["expired_token"])


def _unanswered(exc: UpstreamError) -> CredentialError:
    """Without the name of a route: none leads to where people sign in."""
    match exc:
        case UpstreamRejected():
            said = f"GitHub answered {exc.failure.status}. Try again in a few minutes."
        case UpstreamTimeout():
            said = "GitHub did not answer in time. Try again in a few minutes."
        case _:
            said = f"GitHub gave no code: {ended(exc.message)}"
    return CredentialError(_TITLE, said)


def _refused(answer: UpstreamAnswer, told: JsonObject) -> CredentialError:
    known = _TOLD.get(_text(told, "error"))
    return CredentialError(_TITLE, known or github_said(answer))


def address(github: str) -> str:
    return f"https://{github}"


def _call(url: str, form: JsonObject) -> UpstreamCall:
    return UpstreamCall(url, _FORM, urlencode(form).encode())


def _text(told: JsonObject, name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""


def _seconds(value: Any, usual: float) -> float:
    return float(value) if isinstance(value, int | float) and value > 0 else usual
