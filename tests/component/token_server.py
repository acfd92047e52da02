"""A token server whose every answer the test decides, and the file of a program that signed in."""

import asyncio
import json
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs

from aiohttp import web

from tests.component.provider import Call, JsonObject, Provider, whole


class TokenServer:
    """Gives `token-1`, `token-2` … for the refresh tokens that it knows; refuses others.

    It may be told to wait for `release`, and to do something before it answers.
    """

    def __init__(self) -> None:
        self.known = {"refresh-0"}
        self.release: asyncio.Event | None = None
        self.before_answer: Any = None
        self.status = 0
        self.more: JsonObject = {}
        self._server = Provider()
        self._server.script = self._answer

    async def __aenter__(self) -> Self:
        await self._server.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._server.__aexit__(kind, error, trace)

    @property
    def url(self) -> str:
        return f"{self._server.url}/token"

    @property
    def forms(self) -> list[dict[str, str]]:
        """What was posted."""
        return [
            {name: values[0] for name, values in parse_qs(call.raw.decode()).items()}
            for call in self._server.calls
        ]

    async def called(self, count: int = 1) -> Call:
        return await self._server.called(count)

    async def _answer(self, call: Call) -> web.StreamResponse:
        number = len(self._server.calls)
        if self.release:
            await self.release.wait()
        if self.before_answer:
            self.before_answer()
        if self.status:
            return await whole({"error": "temporarily_unavailable"}, self.status)(call)
        if self.forms[number - 1].get("refresh_token") not in self.known:
            told = {"error": "invalid_grant", "error_description": "Token has been revoked."}
            return await whole(told, 400)(call)
        self.known = {f"refresh-{number}"}
        answer = {
            "access_token": f"token-{number}",
            "refresh_token": f"refresh-{number}",
            "expires_in": 3600,
            **self.more,
        }
        return await whole(answer)(call)


def write_sign_in(path: Path, token: str, life_s: float, **members: Any) -> JsonObject:
    """The file as a program writes it; the members that it holds."""
    held = {
        "access_token": token,
        "refresh_token": "refresh-0",
        "token_type": "Bearer",
        "expiry_date": int((time.time() + life_s) * 1000),
        **members,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(held), encoding="utf-8")
    return held
