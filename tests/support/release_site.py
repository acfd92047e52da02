"""Where new versions are, on a real loopback socket: releases as GitHub tells of them, signed.

with ReleaseSite() as site:
    site.publish("9.0.0", {"ccr-desktop-9.0.0-x86_64.run": b"..."})
    config = site.config()

The server runs in a thread of its own. What a test changes of what is served, it changes in
`site.served`, by path.
"""

import asyncio
import base64
import hashlib
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import Config
from ccr_desktop.core.server.closing import close
from ccr_desktop.core.updates.signing import SCHEME, SIGNATURE, SUMS, key_id

LATEST = "/releases/latest"
NOTES = "## What is new\n\n- Everything, see [the page](https://example.com/news).\n"


class SigningKey:
    """A pair of keys."""

    def __init__(self) -> None:
        self._private = Ed25519PrivateKey.generate()
        self.public = self._private.public_key().public_bytes_raw()
        self.id = key_id(self.public)
        self.secret = base64.b64encode(self._private.private_bytes_raw()).decode()

    @property
    def pinned(self) -> dict[str, bytes]:
        return {self.id: self.public}

    def signature(self, data: bytes, name: str = "") -> bytes:
        signed = base64.b64encode(self._private.sign(data)).decode()
        return f"{SCHEME} {name or self.id} {signed}\n".encode()


class ReleaseSite:
    """A context manager. `requests` has what was asked for: path and headers."""

    def __init__(self) -> None:
        self.key = SigningKey()
        self.served: dict[str, bytes] = {}
        self.latest: dict[str, Any] = {}
        self.requests: list[tuple[str, Mapping[str, str]]] = []
        self.redirects: dict[str, str] = {}
        self.broken_after: int | None = None
        """How many bytes of a file are sent before the connection breaks."""
        self.held = threading.Event()
        """Files are sent only while it is set, but for their first byte."""
        self.held.set()
        self._port = 0
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="releases", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(timeout=60):
            raise TimeoutError("the release site did not start")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.held.set()
        assert self._loop
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(timeout=60)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def source(self) -> str:
        return self.url + LATEST

    def config(self, **desktop: Any) -> Config:
        settings = {"updateSource": self.source, **desktop}
        return read_config({"Desktop": settings}, None, {})

    def publish(
        self, version: str, files: Mapping[str, bytes], *, notes: str = NOTES, tag: str = ""
    ) -> None:
        """A release with these files and their signed checksums."""
        sums = "".join(
            f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items()
        ).encode()
        everything = {**files, SUMS: sums, SIGNATURE: self.key.signature(sums)}
        self.served = {f"/download/{name}": data for name, data in everything.items()}
        self.latest = {
            "tag_name": tag or f"v{version}",
            "body": notes,
            "html_url": f"https://example.com/releases/v{version}",
            "assets": [
                {
                    "name": name,
                    "size": len(data),
                    "browser_download_url": f"{self.url}/download/{name}",
                }
                for name, data in everything.items()
            ],
        }

    def path(self, name: str) -> str:
        return f"/download/{name}"

    def asked(self, word: str) -> bool:
        return any(word in path for path, _ in self.requests)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self._port = runner.addresses[0][1]
        self._ready.set()
        await self._stop.wait()
        await close(runner)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append((request.path, dict(request.headers)))
        if request.path == LATEST:
            return web.json_response(self.latest) if self.latest else web.Response(status=404)
        if request.path in self.redirects:
            raise web.HTTPFound(self.redirects[request.path])
        data = self.served.get(request.path)
        if data is None:
            return web.Response(status=404)
        if request.path.endswith((SUMS, SIGNATURE)):
            return web.Response(body=data)
        return await self._send(request, data)

    async def _send(self, request: web.Request, data: bytes) -> web.StreamResponse:
        response = web.StreamResponse()
        response.content_length = len(data)
        await response.prepare(request)
        if self.broken_after is not None:
            await response.write(data[: self.broken_after])
            assert request.transport
            request.transport.close()
            return response
        await response.write(data[:1])
        await asyncio.to_thread(self.held.wait)
        await response.write(data[1:])
        await response.write_eof()
        return response
