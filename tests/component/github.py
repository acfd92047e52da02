"""GitHub as a sign-in and the exchange of tokens need it, and Copilot, which knows its tokens."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs

from aiohttp import web

from tests.component.provider import Call, JsonObject, Provider, answering, whole

EDITOR = ("editor-version", "editor-plugin-version", "user-agent")
CODE: JsonObject = {
    "device_code": "device-secret",
    "user_code": "ABCD-1234",
    "verification_uri": "https://github.com/login/device",
    "expires_in": 900,
    "interval": 5,
}
NO_SUBSCRIPTION: JsonObject = {
    "message": "Resource not accessible by integration",
    "error_details": {
        "message": "No access to GitHub Copilot found. You are currently logged in as octocat.",
        "notification_id": "no_copilot_access",
    },
}

MESSAGE: JsonObject = {
    "id": "msg_1",
    "type": "message",
    "role": "assistant",
    "model": "claude-sonnet-5",
    "content": [{"type": "text", "text": "Fine"}],
    "stop_reason": "end_turn",
    "stop_sequence": None,
    "usage": {"input_tokens": 1, "output_tokens": 1},
}
RESPONSE: JsonObject = {
    "id": "resp_1",
    "object": "response",
    "status": "completed",
    "model": "claude-sonnet-5",
    "output": [
        {
            "type": "message",
            "id": "1",
            "role": "assistant",
            "content": [{"type": "output_text", "text": "Fine", "annotations": []}],
        }
    ],
    "usage": {"input_tokens": 1, "output_tokens": 1, "total_tokens": 2},
}


class GitHub:
    """Gives `tid=1;…`, `tid=2;…` for the tokens that it knows.

    `polls` are its answers to who asks whether the code was typed; the last one stays. It may be
    told to wait for `release`, to refuse with `refusal`, and what else its answers hold.
    """

    def __init__(self) -> None:
        self.known = {"gho_0"}
        self.release: asyncio.Event | None = None
        self.refusal: tuple[JsonObject, int] | None = None
        self.code: JsonObject = CODE
        self.polls: deque[JsonObject | int] = deque([{"access_token": "gho_0"}])
        self.more: JsonObject = {"refresh_in": 1500}
        self.given: list[str] = []
        self._server = Provider()
        self._server.script = self.answer

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
        return self._server.url

    @property
    def calls(self) -> list[Call]:
        return self._server.calls

    async def called(self, count: int = 1) -> Call:
        return await self._server.called(count)

    async def answer(self, call: Call) -> web.StreamResponse:
        if any(call.header(name) is None for name in EDITOR):
            return await whole({"message": "Not an editor."}, 400)(call)
        if call.target.endswith("/copilot_internal/v2/token"):
            return await self._exchange(call)
        form = {name: values[0] for name, values in parse_qs(call.raw.decode()).items()}
        if call.header("accept") != "application/json" or "client_id" not in form:
            return web.Response(text="error=not_json", status=200)
        if call.target.endswith("/login/device/code"):
            return await whole(self.code if form["scope"] == "read:user" else {})(call)
        if form.get("device_code") != self.code["device_code"]:
            return await whole({"error": "incorrect_device_code"})(call)
        told = self.polls.popleft() if len(self.polls) > 1 else self.polls[0]
        return await (whole({}, told) if isinstance(told, int) else whole(told))(call)

    async def _exchange(self, call: Call) -> web.StreamResponse:
        if self.release:
            await self.release.wait()
        if self.refusal:
            told, status = self.refusal
            return await whole(told, status)(call)
        kind, _, token = (call.header("authorization") or "").partition(" ")
        if call.http.method != "GET" or kind != "token" or token not in self.known:
            return await whole({"message": "Bad credentials"}, 401)(call)
        self.given.append(f"tid={len(self.given) + 1};exp=1:mac")
        return await whole(
            {"token": self.given[-1], "expires_at": time.time() + 1800, **self.more}
        )(call)


@dataclass
class Copilot:
    """Refuses requests without an editor's headers, and tokens that are not the newest."""

    github: GitHub
    outdated: set[str] = field(default_factory=set)
    calls: list[Call] = field(default_factory=list)

    async def __call__(self, call: Call) -> web.StreamResponse:
        self.calls.append(call)
        if call.header("copilot-integration-id") != "vscode-chat" or not call.header(EDITOR[0]):
            return await whole({"error": {"message": "missing Editor-Version header"}}, 400)(call)
        token = (call.header("authorization") or "").removeprefix("Bearer ")
        if token not in self.github.given or token in self.outdated or call.header("x-api-key"):
            return web.Response(text="unauthorized: token expired\n", status=401)
        if call.target.endswith("/models"):
            return await whole({"data": [{"id": "claude-sonnet-5"}, {"id": "gpt-5.5"}]})(call)
        if call.target.endswith("/chat/completions"):
            return await answering("Fine")(call)
        return await whole(MESSAGE if "messages" in call.body else RESPONSE)(call)

    @property
    def tokens(self) -> list[str]:
        """Those that requests came with, by their numbers."""
        return [(call.header("authorization") or "")[:12] for call in self.calls]
