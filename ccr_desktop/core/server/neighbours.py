"""Who listens on a port of this machine: a service of ours, another program, or nobody."""

from __future__ import annotations

import asyncio
import errno
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ccr_desktop import runfile
from ccr_desktop.core.daemons import beside
from ccr_desktop.core.server.port import bind, client_host, find_holder, find_listener
from ccr_desktop.errors import ServiceError

_NAME = "CCR Desktop"
_MOST_BYTES = 65536
_MOST_PORTS = 200
_PORTS = 65536
ANSWER_S = 3.0  # a busy machine may need that
_STOP_S = 13.0  # what a service lets its running streams have, and a little more
_LOOK_EVERY_S = 0.1


@dataclass(frozen=True, slots=True)
class PortConflict:
    """Somebody else holds the port that the service should have."""

    port: int
    holder: str
    """Name and number of the program; empty when the system does not tell."""
    is_ours: bool
    """Whether it is a service of this program, as `ccr serve` or an older start leaves it."""
    can_take_over: bool
    """Whether it can be asked to stop: it is ours, and of the same user."""
    version: str = ""
    """Empty where it is too busy to tell it."""


async def find_conflict(host: str, port: int) -> PortConflict | None:
    """Who holds the port; None when nobody does."""
    if _refusal(host, port) != errno.EADDRINUSE:
        return None
    about = await ask(f"http://{client_host(host)}:{port}", "/")
    holder = await beside(lambda: find_holder(port))
    known = runfile.read(port)
    if about is None and known and await beside(lambda: find_listener(port)) == known.pid:
        return PortConflict(port, holder, True, True)  # too busy to answer, and ours all the same
    if about is None or about.get("name") != _NAME:
        return PortConflict(port, holder, is_ours=False, can_take_over=False)
    return PortConflict(port, holder, True, known is not None, str(about.get("version", "")))


async def stop_other(host: str, port: int) -> bool:
    """Ask our service on the port to stop, and wait; whether the port is free now."""
    info = runfile.read(port)
    if info is None:
        return False
    await ask(info.url, "/api/stop", token=info.token)
    loop = asyncio.get_running_loop()
    ends_s = loop.time() + _STOP_S
    while loop.time() < ends_s:
        if not _refusal(host, port):
            return True
        await asyncio.sleep(_LOOK_EVERY_S)
    return False


def find_free_port(after: int, host: str = "127.0.0.1") -> int:
    """The next port above *after* that can be had; any free one when the next ones can't."""
    for port in range(after + 1, min(after + 1 + _MOST_PORTS, _PORTS)):
        if not _refusal(host, port):
            return port
    with bind(host, 0) as listener:
        return int(listener.getsockname()[1])


async def is_answering(url: str) -> bool:
    """Whether a service of ours answers there."""
    about = await ask(url, "/health")
    return about is not None and about.get("status") == "ok"


async def ask(url: str, path: str, *, token: str = "") -> dict[str, Any] | None:
    """The JSON object that is answered; None when nothing is, or nothing like it.

    With a *token* it is a request to the management of a service, and posts.
    """
    try:
        async with asyncio.timeout(ANSWER_S):
            answer = json.loads(await _exchange(url, path, token))
    except (OSError, ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else {}


async def _exchange(url: str, path: str, token: str) -> bytes:
    """The body of an answer."""
    place = urlsplit(url)
    method, more = (
        ("POST", f"x-ccr-token: {token}\r\ncontent-length: 0\r\n") if token else ("GET", "")
    )
    request = f"{method} {path} HTTP/1.0\r\nhost: {place.netloc}\r\n{more}\r\n"
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    try:
        writer.write(request.encode("latin-1"))
        answer = await reader.read(_MOST_BYTES)
        while part := await reader.read(_MOST_BYTES - len(answer)):
            answer += part
    finally:
        writer.close()
    return answer.partition(b"\r\n\r\n")[2]


def _refusal(host: str, port: int) -> int:
    """The system's number for why the port can't be had; 0 when it can."""
    try:
        bind(host, port).close()
    except ServiceError as exc:
        return getattr(exc.__cause__, "errno", None) or -1
    return 0
