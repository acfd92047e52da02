"""Compressed answers of providers: streams, whole bodies and refusals."""

import asyncio
import gzip
import json
import zlib
from typing import Any

import brotli
import pytest
from aiohttp import web
from backports import zstd

from tests.component.client import QUESTION, STREAMED, Client
from tests.component.provider import SSE, Call, Provider, completion, text_chunks, whole
from tests.component.silent_provider import FIRST


class _Br:
    def __init__(self) -> None:
        self._packer = brotli.Compressor(quality=1)

    def pack(self, data: bytes) -> bytes:
        return bytes(self._packer.process(data) + self._packer.flush())

    def end(self) -> bytes:
        return bytes(self._packer.finish())


class _Zlib:
    def __init__(self) -> None:
        self._packer = zlib.compressobj(wbits=31)

    def pack(self, data: bytes) -> bytes:
        return self._packer.compress(data) + self._packer.flush(zlib.Z_SYNC_FLUSH)

    def end(self) -> bytes:
        return self._packer.flush()


class _Zstd:
    def __init__(self) -> None:
        self._packer = zstd.ZstdCompressor()

    def pack(self, data: bytes) -> bytes:
        return self._packer.compress(data, zstd.ZstdCompressor.FLUSH_BLOCK)

    def end(self) -> bytes:
        return self._packer.flush()


PACKERS = {"gzip": _Zlib, "br": _Br, "zstd": _Zstd}


@pytest.mark.parametrize("name", PACKERS)
async def test_a_packed_stream_is_unpacked_event_by_event(
    client: Client, provider: Provider, name: str
) -> None:
    release = asyncio.Event()
    packer = PACKERS[name]()

    async def script(call: Call) -> web.StreamResponse:
        assert name in (call.header("accept-encoding") or "")
        response = await call.start(headers={**SSE, "Content-Encoding": name})
        await response.write(packer.pack(FIRST))
        await release.wait()
        await response.write(packer.pack(b"".join(text_chunks("Second."))) + packer.end())
        return response

    provider.script = script

    async with client.streaming(STREAMED) as answer:
        await answer.until(b"First. ")
        release.set()
        told = await answer.rest()

    assert told.text == "First. Second."
    assert "content-encoding" not in told.headers


@pytest.mark.parametrize(
    ("name", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress)]
)
async def test_a_packed_body_is_unpacked(
    client: Client, provider: Provider, name: str, pack: Any
) -> None:
    body = pack(json.dumps(completion("Unpacked.")).encode())
    provider.script = whole(body, headers={"Content-Encoding": name})

    assert (await client.ask(QUESTION)).text == "Unpacked."


@pytest.mark.parametrize("name", PACKERS)
async def test_a_packed_refusal_is_read(client: Client, provider: Provider, name: str) -> None:
    packer = PACKERS[name]()
    body = packer.pack(b'{"error": {"message": "the flux is low"}}') + packer.end()
    provider.script = whole(body, 400, {"Content-Encoding": name})

    answer = await client.ask(STREAMED)

    assert answer.status == 400
    assert "the flux is low" in answer.error["message"]
