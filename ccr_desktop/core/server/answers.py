"""Bodies and headers of answers, and what every client protocol calls an error."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

from ccr_desktop.core.faces.errors import error_body
from ccr_desktop.core.http_library import web
from ccr_desktop.core.protocol.failures import Failure, envelope
from ccr_desktop.core.protocol.json import JSONDecodeError, dumps_safe, loads
from ccr_desktop.core.protocol.sinks import error_event
from ccr_desktop.core.upstream.failures import failure_of_error
from ccr_desktop.errors import CcrError, ClientError, TransformerError, UpstreamRejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ccr_desktop.core.exchange import Exchange
    from ccr_desktop.core.observe.events import AttemptFailed
    from ccr_desktop.core.protocol.json import JsonObject

MAX_BODY_BYTES = 64 * 1024 * 1024
_MOST_HEADER_CHARS = 1000
JSON_TYPE = "application/json"
STREAM_HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-cache",
    "X-Accel-Buffering": "no",  # nginx would collect the events
}
_OPENAI_PATHS = (
    "/v1/chat/",
    "/v1/responses",
    "/v1/completions",
    "/v1/embeddings",
    "/chat/completions",
)


class EventStream(web.StreamResponse):
    """A streamed answer. Its headers go out together with the first events that are written."""

    _send_headers_immediately = False  # of aiohttp: a packet of their own costs a system call

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__(headers={**STREAM_HEADERS, **headers})


class Face(Protocol):
    """How the answer to one request is put for its client; it comes as Messages."""

    def whole(self, body: bytes) -> bytes: ...
    def feed(self, chunk: bytes) -> bytes: ...
    def failed(self, failure: Failure) -> bytes:
        """What ends a stream that failed after it had begun."""
        ...


class MessagesFace:
    """For clients that speak Messages themselves: nothing is changed."""

    def __init__(self, request_id: str) -> None:
        self._request_id = request_id

    def whole(self, body: bytes) -> bytes:
        return body

    def feed(self, chunk: bytes) -> bytes:
        return chunk

    def failed(self, failure: Failure) -> bytes:
        return error_event(failure, self._request_id)


def json_answer(payload: JsonObject, status: int = 200) -> web.Response:
    return web.Response(body=dumps_safe(payload), content_type=JSON_TYPE, status=status)


def answer_headers(exchange: Exchange) -> dict[str, str]:
    """The router's own headers, and those of the provider that clients go by."""
    headers = {**exchange.reply_headers, "request-id": exchange.id, "x-ccr-request-id": exchange.id}
    if exchange.decision:
        headers["x-ccr-route"] = header_text(str(exchange.route or exchange.decision.route))
        headers["x-ccr-scenario"] = header_text(exchange.decision.scenario)
    if exchange.failed:
        headers["x-ccr-attempts"] = str(len(exchange.failed) + 1)
        headers["x-ccr-failed"] = _failures_told(exchange.failed)
    return headers


def _failures_told(failed: Iterable[AttemptFailed]) -> str:
    """Each different failure once; those that no longer fit are counted."""
    texts = (f"{each.route} ({each.status}): {each.reason}" for each in failed)
    told = list(dict.fromkeys(header_text(text.replace("…", "...")) for text in texts))
    ends = accumulate(len(text) + len(" | ") for text in told)
    kept = max(1, sum(end <= _MOST_HEADER_CHARS for end in ends))
    more = [f"{len(told) - kept} more"] if kept < len(told) else []
    return " | ".join([told[0][:_MOST_HEADER_CHARS], *told[1:kept], *more])


def header_text(text: str) -> str:
    """Names may hold any character; headers hold ASCII, and nothing that steers a terminal."""
    if text.isascii() and text.isprintable():
        return text
    plain = text.encode("ascii", "backslashreplace").decode()
    return "".join(letter if letter.isprintable() else " " for letter in plain)


def error_answer(
    error: CcrError, path: str, request_id: str, headers: Mapping[str, str] | None = None
) -> web.Response:
    """The answer for an error of ours or of a provider, in the shape that *path* asks for."""
    headers = {**(headers or {})}
    failure = failure_of_error(error)
    if isinstance(error, TransformerError) or (isinstance(error, ClientError) and error.is_lasting):
        headers["x-should-retry"] = "false"  # it would fail again
    if isinstance(error, UpstreamRejected):
        headers |= error.headers
        if error.raw is not None and not speaks_openai(path):
            return web.Response(
                body=error.raw, status=failure.status, content_type=JSON_TYPE, headers=headers
            )
    return failure_answer(failure, path, request_id, headers)


def failure_answer(
    failure: Failure, path: str, request_id: str, headers: Mapping[str, str] | None = None
) -> web.Response:
    body = error_body(failure) if speaks_openai(path) else envelope(failure, request_id)
    return web.Response(
        body=dumps_safe(body), status=failure.status, content_type=JSON_TYPE, headers=headers
    )


def speaks_openai(path: str) -> bool:
    """Whether clients of this path expect OpenAI's errors."""
    return path.startswith(_OPENAI_PATHS)


# -- errors of the HTTP surface ----------------------------------------------------------------


def too_large() -> ClientError:
    limit = MAX_BODY_BYTES // (1024 * 1024)
    hint = f"At most {limit} MiB are accepted; compact the conversation or send smaller files."
    return ClientError("The request is too large", hint, status=413)


def no_such_path(request: web.Request) -> ClientError:
    hint = "Claude Code's base URL is the address without a path."
    if speaks_openai(request.path):
        hint = "POST /v1/chat/completions and /v1/responses are there; the base URL ends with /v1."
    return ClientError(f"There is no {request.method} {request.path[:200]}", hint, status=404)


def wrong_method(request: web.Request, exc: web.HTTPMethodNotAllowed) -> ClientError:
    allowed = ", ".join(sorted(exc.allowed_methods))
    return ClientError(f"{request.path} does not take {request.method}", f"{allowed}.", status=405)


async def read_body(request: web.Request) -> bytes:
    """The body of a request; raises `ClientError` where it can't be unpacked."""
    try:
        return await request.read()
    except (web.HTTPException, ConnectionError):
        raise
    except Exception as exc:
        request.content.feed_eof()  # or aiohttp goes on reading, and logs the same again
        hint = f"{request.headers.get('Content-Encoding', 'no encoding')} was announced."
        raise ClientError("The request body can't be unpacked", hint) from exc


async def read_object(request: web.Request) -> JsonObject:
    """The JSON object that a request holds; raises `ClientError` where it is none."""
    try:
        value = loads(await read_body(request))
    except JSONDecodeError as exc:
        raise ClientError("The request body is not valid JSON", str(exc)) from exc
    if not isinstance(value, dict):
        raise ClientError("The request body must be a JSON object")
    return value
