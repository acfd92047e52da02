"""A scripted OpenAI-compatible provider on a real loopback socket, usable from any kind of test.

The server runs in a thread of its own, so a test that blocks can use it as well as one that
awaits. Every request is kept; answers come from the test's script, in order.
"""

import asyncio
import itertools
import json
import socket
import struct
import sys
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self, assert_never

from aiohttp import web

from ccr_desktop.core.server.closing import close
from tests.support.turns import (
    Answer,
    Drop,
    Ending,
    JsonObject,
    Raw,
    Turn,
    completion,
    frames,
    text,
)

RESET_ON_CLOSE = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
"""`SO_LINGER` with a time of zero: closing sends RST."""
CLOSE_S = 0.1
"""What handlers and connections may take at the end of a server; 0 means for ever to aiohttp."""
UNSCRIPTED = text("(not scripted)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as the provider got it."""

    method: str
    path: str
    headers: dict[str, str]
    """Names in lower case."""
    body: JsonObject
    at_s: float
    """Monotonic time of arrival."""
    gone: threading.Event = field(default_factory=threading.Event)
    """Set when the connection was lost before the answer was complete."""

    @property
    def model(self) -> str:
        """The model that was asked for."""
        return str(self.body.get("model", ""))

    @property
    def messages(self) -> list[JsonObject]:
        """The conversation."""
        return list(self.body.get("messages", []))

    @property
    def tool_names(self) -> list[str]:
        """The functions on offer."""
        return [tool["function"]["name"] for tool in self.body.get("tools", [])]

    def texts(self, *roles: str) -> str:
        """Everything that messages of these roles (of all, when none is named) say in words."""
        return "\n".join(words for content in self._contents(roles) for words in _words(content))

    @property
    def results(self) -> dict[str, str]:
        """What the tool messages right after the last tool calls say, by call id."""
        after = len(self.messages) - next(
            (i for i, m in enumerate(reversed(self.messages)) if m.get("tool_calls")), 0
        )
        tail = self.messages[after:]
        own = itertools.takewhile(lambda m: m.get("role") == "tool", tail)
        return {m["tool_call_id"]: "\n".join(_words(m.get("content"))) for m in own}

    def image_urls(self, *roles: str) -> list[str]:
        """The images in messages of these roles (of all, when none is named)."""
        chosen = [m for m in self.messages if not roles or m.get("role") in roles]
        parts = [
            part for m in chosen if isinstance(m.get("content"), list) for part in m["content"]
        ]
        return [part["image_url"]["url"] for part in parts if part.get("type") == "image_url"]

    def summary(self) -> str:
        """One line for a failure report."""
        roles = " ".join(str(message.get("role")) for message in self.messages)
        last = json.dumps(self.messages[-1], ensure_ascii=False) if self.messages else ""
        return f"{self.method} {self.path} {self.model} [{roles}] ...{last[-400:]}"

    def _contents(self, roles: tuple[str, ...]) -> list[object]:
        return [m.get("content") for m in self.messages if not roles or m.get("role") in roles]


Rule = Callable[[Request], Answer | None]
Condition = Callable[[Request], bool]


class Upstream:
    """The provider; a context manager."""

    request_type = Request

    def __init__(self, default: Answer = UNSCRIPTED, port: int = 0) -> None:
        self.requests: list[Request] = []
        self._default = default
        self._rules: list[Rule] = []
        self._lock = threading.Lock()
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="upstream", daemon=True)
        self._port = port  # 0: any that is free

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(timeout=60):
            raise TimeoutError("the scripted provider did not start")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(timeout=60)

    @property
    def url(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def chat_url(self) -> str:
        """The chat completions endpoint."""
        return f"{self.url}/v1/chat/completions"

    def script(
        self, *answers: Answer, model: str | None = None, when: Condition | None = None
    ) -> None:
        """Give these answers, one a request, to requests that fit; earlier scripts go first."""
        waiting = deque(answers)

        def rule(request: Request) -> Answer | None:
            fits = model in (None, request.model) and (when is None or when(request))
            return waiting.popleft() if fits and waiting else None

        self.respond(rule)

    def respond(self, rule: Rule) -> None:
        """Ask this function for answers; its None leaves the request to the next rule."""
        with self._lock:
            self._rules.append(rule)

    def asked(self, model: str) -> list[Request]:
        """The requests for one model."""
        return [request for request in self.requests if request.model == model]

    def report(self) -> str:
        """All requests so far, a line each."""
        return "\n".join(request.summary() for request in self.requests)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        app = web.Application(client_max_size=1 << 28)
        app.router.add_route("*", "/{rest:.*}", self._handle)
        runner = web.AppRunner(
            app, handler_cancellation=True, access_log=None, shutdown_timeout=CLOSE_S
        )
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", self._port)
            await site.start()
            self._port = runner.addresses[0][1]
            self._ready.set()
            await self._stop.wait()
        finally:
            await close(runner)

    async def _handle(self, http: web.Request) -> web.StreamResponse:
        raw = await http.read()
        request = self.request_type(
            method=http.method,
            path=http.path_qs,
            headers={name.lower(): value for name, value in http.headers.items()},
            body=json.loads(raw) if raw else {},
            at_s=time.monotonic(),
        )
        answer = self._choose(request)
        async with _watched(request):
            await asyncio.sleep(answer.delay_s)
            return await self._give(answer, http, request)

    async def _give(
        self, answer: Answer, http: web.Request, request: Request
    ) -> web.StreamResponse:
        return await _give(answer, http, request)

    def _choose(self, request: Request) -> Answer:
        with self._lock:
            self.requests.append(request)
            found = (rule(request) for rule in self._rules)
            return next((answer for answer in found if answer is not None), self._default)


@asynccontextmanager
async def _watched(request: Request) -> AsyncIterator[None]:
    """Note on the request when its client goes away."""
    try:
        yield
    except (asyncio.CancelledError, ConnectionError):
        request.gone.set()
        raise


async def _give(answer: Answer, http: web.Request, request: Request) -> web.StreamResponse:
    match answer:
        case Raw():
            return web.Response(status=answer.status, headers=answer.headers, body=answer.body)
        case Drop():
            _reset(http)
            return web.Response()
        case Turn() if request.body.get("stream"):
            return await _stream(answer, http, request)
        case Turn():
            return await _complete(answer, http, request)
        case _:
            assert_never(answer)


async def _stream(turn: Turn, http: web.Request, request: Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(http)
    left = turn.limit_bytes
    for frame in frames(turn, request.body):
        await response.write(frame[:left])
        if left is not None:
            left = max(0, left - len(frame))
        if turn.gap_s:
            await asyncio.sleep(turn.gap_s)
        while turn.held and not turn.held.is_set():  # noqa: ASYNC110  # of the test's thread
            await asyncio.sleep(0.01)
        if left == 0:
            break
    if turn.ending is Ending.RESET:
        _reset(http)
    return response


async def _complete(turn: Turn, http: web.Request, request: Request) -> web.StreamResponse:
    body = completion(turn, request.body)
    headers = {"Content-Type": "application/json"}
    if turn.ending is not Ending.RESET:
        return web.Response(headers=headers, body=body)
    response = web.StreamResponse(headers=headers)
    await response.prepare(http)
    await response.write(body[: turn.limit_bytes])
    _reset(http)
    return response


def _reset(http: web.Request) -> None:
    """Close the connection so that the peer sees a reset, not an end."""
    transport = http.transport
    if transport is None:
        return
    transport.get_extra_info("socket").setsockopt(
        socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE
    )
    transport.abort()


def _words(content: object) -> list[str]:
    if isinstance(content, str):
        return [content]
    return [part["text"] for part in _parts(content) if part.get("type") == "text"]


def _parts(content: object) -> list[JsonObject]:
    return content if isinstance(content, list) else []
