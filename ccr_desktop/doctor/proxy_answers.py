"""What a proxy says when somebody knocks: nothing, that it wants to know who, or anything else."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from ccr_desktop.core.upstream.reasons import system_words

if TYPE_CHECKING:
    from urllib.parse import SplitResult

_CONNECT_S, _ANSWER_S = 5.0, 5.0
_PORTS = {"http": 80, "https": 443, "socks4": 1080, "socks5": 1080, "socks5h": 1080}
_WANTS_SIGN_IN = b"407"


@dataclass(frozen=True, slots=True)
class Answer:
    """`problem` is why there was none."""

    problem: str = ""
    wants_sign_in: bool = False


async def answer_of(url: str, beyond: str) -> Answer:
    """That of the proxy at *url*, asked to lead to *beyond*, which is `host:port`, or empty."""
    parts = urlsplit(url)
    port = parts.port or _PORTS.get(parts.scheme, 80)
    try:
        async with asyncio.timeout(_CONNECT_S):
            reader, writer = await asyncio.open_connection(parts.hostname, port)
    except TimeoutError:
        return Answer(f"no connection within {_CONNECT_S:g} s")
    except OSError as exc:
        return Answer(system_words(exc))
    try:
        if parts.scheme != "http" or not beyond:
            return Answer()
        writer.write(_question(parts, beyond))
        return Answer(wants_sign_in=_status(await _first_line(reader)) == _WANTS_SIGN_IN)
    finally:
        writer.close()


async def _first_line(reader: asyncio.StreamReader) -> bytes:
    """Empty where none comes: a slow way out is no fault of the proxy."""
    try:
        async with asyncio.timeout(_ANSWER_S):
            return await reader.readline()
    except (TimeoutError, OSError, ValueError):
        return b""


def _question(proxy: SplitResult, beyond: str) -> bytes:
    lines = [f"CONNECT {beyond} HTTP/1.1", f"Host: {beyond}"]
    if proxy.username:
        pair = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
        encoded = base64.b64encode(pair.encode("latin-1", "replace")).decode()
        lines.append(f"Proxy-Authorization: Basic {encoded}")
    return "\r\n".join([*lines, "", ""]).encode()


def _status(line: bytes) -> bytes:
    _, status, *_ = [*line.split(), b"", b""]
    return status
