"""An answer of a provider, as far as the relay sees it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol


class Reply(Protocol):
    """An answer whose status and headers have arrived. Header names are lower-case."""

    status: int
    headers: Mapping[str, str]

    async def read_some(self) -> bytes:
        """The bytes that are there, waiting for at least one; empty at the end."""
        ...

    async def read_all(self, limit: int) -> bytes:
        """The rest of the body, at most *limit* bytes, as far as it comes soon and unbroken."""
        ...

    async def drain(self) -> None:
        """The answer was read as far as it matters; its connection may serve another."""
        ...

    def close(self) -> None:
        """Let go of the connection; one that still brings something is cut."""
        ...


class ReadReply:
    """An answer that was read already."""

    def __init__(self, headers: Mapping[str, str], body: bytes, status: int = 200) -> None:
        self.status = status
        self.headers = headers
        self._body = body

    async def read_some(self) -> bytes:
        body, self._body = self._body, b""
        return body

    async def read_all(self, limit: int) -> bytes:
        return (await self.read_some())[:limit]

    async def drain(self) -> None:
        """It is complete."""

    def close(self) -> None:
        """Its connection was let go."""


class NoReply:
    """Stands for the answer to a request that is not sent."""

    status = 200
    headers: Mapping[str, str] = MappingProxyType({})

    async def read_some(self) -> bytes:
        return b""

    async def read_all(self, limit: int) -> bytes:
        return b""

    async def drain(self) -> None:
        """There is nothing to read."""

    def close(self) -> None:
        """There is no connection."""
