"""GitHub Copilot: the token of a GitHub account, exchanged for those that its API takes.

Sources: https://github.com/ericc-ch/copilot-api, litellm/llms/github_copilot.
"""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ccr_desktop.core.credentials.copilot_editors import GITHUB, SIGN_IN_AGAIN, editors_token
from ccr_desktop.core.credentials.github_words import github_said
from ccr_desktop.core.credentials.shared_work import SharedWork
from ccr_desktop.core.dialects.base import UpstreamCall
from ccr_desktop.core.protocol.json import JsonObject, loads_object
from ccr_desktop.core.providers.hosts import COPILOT
from ccr_desktop.errors import CredentialError

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import Fetch, UpstreamAnswer

_COMPANY = "copilot-api."
_PATH = "/copilot_internal/v2/token"
HEADERS = {
    "Accept": "application/json",
    "User-Agent": "GitHubCopilotChat/0.31.0",
    **COPILOT.headers,
}
_EARLY_S = 60.0
_TITLE = "GitHub gives no token for Copilot"
_REMEDIES = {
    401: SIGN_IN_AGAIN,
    403: "https://github.com/settings/copilot shows what this account has.",
    404: " ".join(("It may be the token of another program.", SIGN_IN_AGAIN)),
}


def github_of(url: str) -> str:
    """Whose Copilot is at *url*: a company's own GitHub has it at `copilot-api.COMPANY`."""
    host = urlsplit(url).hostname or ""
    return host.removeprefix(_COMPANY) if host.startswith(_COMPANY) else GITHUB


@dataclass(slots=True)
class Grant:
    """What signs requests until `ends_s`, and the address that GitHub names for them, if any."""

    token: str = field(repr=False)
    ends_s: float
    github: str
    api: str

    def refuse(self) -> None:
        """Copilot does not accept it: the next request is signed with another."""
        self.ends_s = 0.0

    def placed(self, url: str) -> str:
        """*url* at that address, which must be Copilot's own, as that of *url* must be."""
        own = _own_address(self.github)
        here = own.match(url)
        return self.api + url[here.end() :] if here and own.fullmatch(self.api) else url


@lru_cache(maxsize=64)
def _own_address(github: str) -> re.Pattern[str]:
    hosts = rf"(?:[a-z0-9-]+\.)*githubcopilot\.com|{_COMPANY}{re.escape(github)}"
    return re.compile(rf"https://(?:{hosts})(?![^/?])", re.IGNORECASE)


async def copilot_grant(key: str, url: str, fetch: Fetch, file: str = "") -> Grant | None:
    """What signs requests to *url* for whom *key* belongs to, else whom an editor signed in.

    None where *key* is a token of Copilot itself (`tid=…;exp=…`). Raises `CredentialError`.
    """
    if "=" in key:
        return None
    github = github_of(url)
    token = key or await asyncio.to_thread(editors_token, github, file)
    return await account(token, github).grant(fetch)


@lru_cache(maxsize=64)
def account(token: str, github: str) -> CopilotAccount:
    """One for a token and a process: requests and reloaded configurations share what it has."""
    return CopilotAccount(token, github)


class CopilotAccount:
    """The account that a token of GitHub belongs to."""

    def __init__(self, token: str, github: str) -> None:
        self._token = token
        self._github = github
        self._grant: Grant | None = None
        self._renewal = SharedWork[Grant]()

    async def grant(self, fetch: Fetch) -> Grant:
        """What signs a request now. Raises `CredentialError` when there is nothing."""
        if self._grant and self._grant.ends_s > time.time():
            return self._grant
        return await self._renewal.result(lambda: self._renewed(fetch))

    async def _renewed(self, fetch: Fetch) -> Grant:
        headers = {**HEADERS, "Authorization": "token " + self._token}
        url = token_url(self._github)
        answer = await fetch(UpstreamCall(url, headers, b"", "GET"))
        told = loads_object(answer.body)
        token, endpoints = told.get("token"), told.get("endpoints")
        if answer.status != 200 or not isinstance(token, str) or not token:
            raise self._unusable(answer)
        api = endpoints.get("api") if isinstance(endpoints, dict) else None
        api = api.rstrip("/") if isinstance(api, str) else ""
        self._grant = Grant(token, time.time() + _life_s(told), self._github, api)
        return self._grant

    def _unusable(self, answer: UpstreamAnswer) -> CredentialError:
        remedy = _REMEDIES.get(answer.status, _REMEDIES[403])
        return CredentialError(_TITLE, " ".join((github_said(answer, (self._token,)), remedy)))


def token_url(github: str) -> str:
    return f"https://api.{github}{_PATH}"


def _life_s(told: JsonObject) -> float:
    """How long a token is used: as GitHub says, whose clock may be another than ours."""
    soon_s, ends_s = _number(told.get("refresh_in")), _number(told.get("expires_at"))
    return soon_s or (ends_s - time.time() - _EARLY_S if ends_s else 0.0)


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
