"""A provider on a real socket whose every byte and pause the test decides.

It runs on the test's own loop, so that a test can hold an answer back until it has seen what it
waits for. `tests.support.upstream` is the one for whole turns; this one is for the wire.
"""

import asyncio
import json
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from ccr_desktop.core.server.closing import close
from tests.support.upstream import CLOSE_S, RESET_ON_CLOSE

JsonObject = dict[str, Any]
PATIENCE_S = 60.0
SSE = {"Content-Type": "text/event-stream"}
JSON = {"Content-Type": "application/json"}
DONE = b"data: [DONE]\n\n"


@dataclass(slots=True)
class Call:
    """One request as it came, and the means to answer it piece by piece."""

    http: web.Request
    raw: bytes
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the caller closed the connection before the answer was complete."""

    @property
    def body(self) -> Any:
        return json.loads(self.raw)

    @property
    def target(self) -> str:
        """Path and query as they were sent."""
        return self.http.raw_path

    def header(self, name: str) -> str | None:
        return self.http.headers.get(name)

    async def start(self, status: int = 200, headers: dict[str, str] = SSE) -> web.StreamResponse:
        response = web.StreamResponse(status=status, headers=headers)
        await response.prepare(self.http)
        return response

    def reset(self) -> None:
        """Close so that the caller sees a reset, not an end."""
        transport = self.http.transport
        assert transport is not None
        transport.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE
        )
        transport.abort()


Script = Callable[[Call], Awaitable[web.StreamResponse]]


class Provider:
    """The server; an asynchronous context manager. `script` answers every request."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self.script: Script = stream(text_chunks("Hello from the provider"))
        self.calls: list[Call] = []
        self._called = asyncio.Condition()
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 28)
        app.router.add_route("*", "/{rest:.*}", self._handle)
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=CLOSE_S
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=self._tls).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._runner is not None
        await close(self._runner)

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    async def called(self, count: int = 1) -> Call:
        """The call with this number, once it has come."""
        async with asyncio.timeout(PATIENCE_S), self._called:
            await self._called.wait_for(lambda: len(self.calls) >= count)
        return self.calls[count - 1]

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        call = Call(request, await request.read())
        async with self._called:
            self.calls.append(call)
            self._called.notify_all()
        try:
            return await self.script(call)
        except (asyncio.CancelledError, ConnectionError):
            call.gone.set()
            raise


async def soon(event: asyncio.Event, limit_s: float = PATIENCE_S) -> None:
    """Wait for an event that must come."""
    async with asyncio.timeout(limit_s):
        await event.wait()


# -- scripts -----------------------------------------------------------------------------------


def stream(
    pieces: Iterable[bytes], headers: dict[str, str] | None = None, *, done: bool = True
) -> Script:
    """Answer with these bytes, one write each, as an event stream."""
    kept = [*pieces, DONE] if done else list(pieces)

    async def script(call: Call) -> web.StreamResponse:
        response = await call.start(headers={**SSE, **(headers or {})})
        for piece in kept:
            await response.write(piece)
        return response

    return script


def whole(
    body: bytes | JsonObject, status: int = 200, headers: dict[str, str] | None = None
) -> Script:
    """Answer with one body."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    async def script(_call: Call) -> web.StreamResponse:
        return web.Response(status=status, headers={**JSON, **(headers or {})}, body=content)

    return script


def held(
    release: asyncio.Event, before: Iterable[bytes] = (), after: Iterable[bytes] = ()
) -> Script:
    """Send some, wait for *release*, send the rest. Without *before* not even headers go out."""
    early = list(before)

    async def script(call: Call) -> web.StreamResponse:
        if not early:
            await release.wait()
        response = await call.start()
        for piece in early:
            await response.write(piece)
        await release.wait()
        for piece in after:
            await response.write(piece)
        return response

    return script


# -- what OpenAI-compatible providers send -----------------------------------------------------


def chunk(delta: JsonObject, finish: str | None = None, usage: JsonObject | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    payload: JsonObject = {"id": "c", "object": "chat.completion.chunk", "choices": [choice]}
    return b"data: " + json.dumps(payload | ({"usage": usage} if usage else {})).encode() + b"\n\n"


def text_chunks(words: str) -> list[bytes]:
    """A whole answer, a word a chunk, with its finish and usage."""
    pieces = [word + " " for word in words.split(" ")]
    pieces[-1] = pieces[-1].rstrip()
    return [*(chunk({"content": piece}) for piece in pieces), finish_chunk()]


def finish_chunk() -> bytes:
    return chunk({}, "stop", {"prompt_tokens": 11, "completion_tokens": 5, "total_tokens": 16})


def completion(words: str) -> JsonObject:
    message = {"role": "assistant", "content": words}
    return {
        "id": "c",
        "object": "chat.completion",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 11, "completion_tokens": 5, "total_tokens": 16},
    }


# -- what Anthropic sends ----------------------------------------------------------------------


def event(kind: str, **members: Any) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **members})}\n\n".encode()


def message(words: str, model: str = "claude-upstream") -> JsonObject:
    return {
        "id": "msg_upstream",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [{"type": "text", "text": words}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 7, "output_tokens": 3},
    }


def message_events(words: str, model: str = "claude-upstream") -> list[bytes]:
    start = {**message("", model), "content": [], "stop_reason": None}
    delta = {"stop_reason": "end_turn", "stop_sequence": None}
    return [
        event("message_start", message=start),
        event("content_block_start", index=0, content_block={"type": "text", "text": ""}),
        event("ping"),
        event("content_block_delta", index=0, delta={"type": "text_delta", "text": words}),
        event("content_block_stop", index=0),
        event("message_delta", delta=delta, usage={"output_tokens": 3}),
        event("message_stop"),
    ]


def answering(words: str) -> Script:
    """As the request wants it: a stream or a body."""

    async def script(call: Call) -> web.StreamResponse:
        if call.body["stream"]:
            return await stream(text_chunks(words))(call)
        return await whole(completion(words))(call)

    return script
