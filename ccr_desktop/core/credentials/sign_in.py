"""The tokens in another program's file, renewed before they expire.

The program goes on to use its file meanwhile, so it is read for every request, and only written
where nothing else has changed the tokens.
"""

from __future__ import annotations

import asyncio
import logging
import os
import stat
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from ccr_desktop.core.config.files import encode
from ccr_desktop.core.credentials.shared_work import SharedWork
from ccr_desktop.core.dialects.base import UpstreamCall
from ccr_desktop.core.protocol.failures import read_failure
from ccr_desktop.core.protocol.json import (
    JSONDecodeError,
    JsonObject,
    loads_lenient,
    loads_object,
)
from ccr_desktop.core.regular_files import read_regular
from ccr_desktop.core.whole_files import write_safely
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from ccr_desktop.core.credentials.program import Program
    from ccr_desktop.core.dialects.base import Fetch, UpstreamAnswer

log = logging.getLogger(__name__)

_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
_TOLD = ("access_token", "refresh_token", "token_type", "id_token", "scope", "resource_url")
_REFUSALS = frozenset({400, 401, 403})
_USUAL_LIFE_S = 3600.0
_HALF_WRITTEN_S = 0.05  # the programs write their files in place
_LOOKS = 3


@cache
def sign_in(program: Program, path: Path) -> SignIn:
    """One for a file and a process: requests and reloaded configurations renew tokens once."""
    return SignIn(program, path)


class SignIn:
    """The tokens in one file. Raises `CredentialError` when there are none that serve."""

    def __init__(self, program: Program, path: Path) -> None:
        self._program = program
        self._path = path
        self._renewal = SharedWork[JsonObject]()
        self._refused = ""  # a refresh token; it is not tried again
        self._disliked = ""  # an access token that the provider refuses before it expires
        self._unwritten: tuple[JsonObject, JsonObject] | None = None  # in the file, newer than it

    async def members(self, fetch: Fetch) -> JsonObject:
        """What the file holds, with an `access_token` that is good for a while."""
        found = await asyncio.to_thread(self._read)
        if self._is_fresh(found):
            return found
        return await self._renewal.result(lambda: self._renewed(fetch))

    def refuse(self, token: str) -> None:
        """The provider does not accept *token*: another one is wanted, whatever its time says."""
        self._disliked = token

    # -- renewal ---------------------------------------------------------------------------

    async def _renewed(self, fetch: Fetch) -> JsonObject:
        found = await asyncio.to_thread(self._read)
        if self._is_fresh(found):  # by another request, or the program itself
            return found
        token = found.get("refresh_token")
        if not isinstance(token, str) or not token:
            raise self._unusable("the tokens have expired, and there is no refresh_token")
        if token == self._refused:
            raise self._unusable("its refresh_token is no longer accepted")
        answer = await fetch(self._call(token))
        now = await asyncio.to_thread(self._read)
        is_theirs = _tokens(now) != _tokens(found)
        if is_theirs and self._is_fresh(now):
            return now
        if answer.status != 200:
            if answer.status in _REFUSALS:
                self._refused = token
            said = _reason(answer).replace(token, "***").rstrip(".")
            raise self._unusable(f"{self._host} refuses its refresh_token ({said})")
        new = {**now, **self._told(answer.body)}
        if not is_theirs:
            await asyncio.to_thread(self._write, now, new)
        return new

    def _call(self, token: str) -> UpstreamCall:
        program = self._program
        form = {
            "grant_type": "refresh_token",
            "refresh_token": token,
            "client_id": program.client_id,
        }
        if program.client_secret:
            form["client_secret"] = program.client_secret
        return UpstreamCall(program.token_url, _FORM, urlencode(form).encode())

    def _told(self, body: bytes) -> JsonObject:
        """The members that the answer of the token server changes."""
        payload = loads_object(body)
        if not payload.get("access_token"):
            raise self._unusable(f"the answer of {self._host} holds no access_token")
        life_s = _number(payload.get("expires_in")) or _USUAL_LIFE_S
        told = {name: payload[name] for name in _TOLD if isinstance(payload.get(name), str)}
        return {**told, "expiry_date": int((time.time() + life_s) * 1000)}

    def _is_fresh(self, members: JsonObject) -> bool:
        token, expires_ms = members.get("access_token"), _number(members.get("expiry_date"))
        if not isinstance(token, str) or not token or token == self._disliked:
            return False
        return expires_ms > (time.time() + self._program.early_s) * 1000

    # -- the file --------------------------------------------------------------------------

    def _read(self) -> JsonObject:
        for look in range(_LOOKS):
            found = self._parsed()
            if found is not None:
                kept = self._unwritten
                return kept[1] if kept and kept[0] == found else found
            if look + 1 < _LOOKS:
                time.sleep(_HALF_WRITTEN_S)
        raise self._unusable("this is no JSON object")

    def _parsed(self) -> JsonObject | None:
        try:
            payload: Any = loads_lenient(read_regular(self._path))
        except FileNotFoundError as exc:
            raise self._unusable("there is no such file") from exc
        except OSError as exc:
            raise self._unusable(f"it can't be read ({exc.strerror or exc})") from exc
        except JSONDecodeError:
            return None
        return payload if isinstance(payload, dict) else None

    def _write(self, before: JsonObject, members: JsonObject) -> None:
        """Put *members* into the file, which stays as private as it is."""
        try:
            mode = stat.S_IMODE(os.stat(self._path).st_mode)  # noqa: PTH116  # as write_safely
            write_safely(self._path, encode(members), mode)
        except (OSError, CcrError) as exc:
            log.warning("%s keeps its old tokens: %s", self._path, exc)
            self._unwritten = before, members
        else:
            self._unwritten = None

    def _unusable(self, reason: str) -> CcrError:
        return self._program.unusable(self._path, reason)

    @property
    def _host(self) -> str:
        return urlsplit(self._program.token_url).netloc


def _number(value: Any) -> float:
    """A time, which programs write as a number or as a text; 0 where it is none."""
    try:
        return float(value) if isinstance(value, int | float | str) else 0.0
    except (ValueError, OverflowError):
        return 0.0


def _tokens(members: JsonObject) -> tuple[Any, Any]:
    return members.get("access_token"), members.get("refresh_token")


def _reason(answer: UpstreamAnswer) -> str:
    """What a token server says against a request: RFC 6749, section 5.2."""
    said = loads_object(answer.body).get("error_description")
    return said if isinstance(said, str) else read_failure(answer.body, answer.status).message
