"""A client of the service: plain HTTP, and what a stream of Messages events says."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.component.provider import PATIENCE_S, JsonObject

QUESTION: JsonObject = {
    "model": "claude-sonnet-5",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "Say hello"}],
}
STREAMED: JsonObject = {**QUESTION, "stream": True}


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer."""

    status: int
    headers: dict[str, str]
    """Names in lower case."""
    raw: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.raw)

    @property
    def error(self) -> JsonObject:
        """The error of an Anthropic envelope; fails when it is none."""
        assert self.headers["content-type"].startswith("application/json"), self.raw
        assert self.json["type"] == "error"
        error: JsonObject = self.json["error"]
        assert isinstance(error["type"], str)
        assert isinstance(error["message"], str)
        return error

    @property
    def events(self) -> list[JsonObject]:
        assert self.headers["content-type"].startswith("text/event-stream"), self.raw
        return events(self.raw)

    @property
    def kinds(self) -> list[str]:
        return [event["type"] for event in self.events]

    @property
    def text(self) -> str:
        """What the model said, streamed or not."""
        if self.headers["content-type"].startswith("text/event-stream"):
            return text_of(self.events)
        return "".join(block.get("text", "") for block in self.json["content"])


def events(raw: bytes) -> list[JsonObject]:
    """The data of every event; the names must agree with it."""
    found = []
    for frame in raw.decode().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in frame.splitlines() if ": " in line)
        if "data" in lines:
            data = json.loads(lines["data"])
            assert lines["event"] == data["type"]
            found.append(data)
    return found


def text_of(found: list[JsonObject]) -> str:
    deltas = (event["delta"] for event in found if event["type"] == "content_block_delta")
    return "".join(delta.get("text", "") for delta in deltas)


class Client:
    """Asks the service at one address."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session = session
        self.url = url

    async def request(
        self,
        method: str,
        path: str,
        data: Any = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        url = f"{self.url}{path}"
        async with self.session.request(method, url, data=data, headers=headers) as response:
            raw = await response.read()
            kept = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status, kept, raw)

    async def ask(
        self,
        body: Any = QUESTION,
        headers: dict[str, str] | None = None,
        path: str = "/v1/messages",
    ) -> Answer:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return await self.request("POST", path, data, headers)

    @asynccontextmanager
    async def streaming(
        self, body: Any, headers: dict[str, str] | None = None
    ) -> AsyncIterator["Stream"]:
        """An answer that the test reads piece by piece; leaving closes the connection."""
        url = f"{self.url}/v1/messages"
        async with self.session.post(url, json=body, headers=headers) as response:
            try:
                yield Stream(response)
            finally:
                response.close()

    async def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        return await self.request("GET", path, headers=headers)


class Stream:
    """A streamed answer on its way."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response
        self.raw = b""

    async def until(self, words: bytes) -> bytes:
        """Read until these bytes have come."""
        async with asyncio.timeout(PATIENCE_S):
            while words not in self.raw:
                part = await self.response.content.readany()
                assert part, f"the stream ended before {words!r}: {self.raw!r}"
                self.raw += part
        return self.raw

    async def rest(self) -> Answer:
        """Read to the end."""
        async with asyncio.timeout(PATIENCE_S):
            self.raw += await self.response.content.read()
        kept = {name.lower(): value for name, value in self.response.headers.items()}
        return Answer(self.response.status, kept, self.raw)
