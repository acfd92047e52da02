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


class NoReply:
    """Stands for the answer to a request that is not sent."""

    status = 200
    headers: Mapping[str, str] = MappingProxyType({})

    async def read_some(self) -> bytes:
        return b""

    async def read_all(self, limit: int) -> bytes:
        return b""
