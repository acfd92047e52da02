"""Proxies on loopback that tests run: SOCKS 4a and 5, and the CONNECT method of HTTP.

They lead every connection to one place, whatever is asked for, and note what that was.
"""

import asyncio
import base64
import ssl
from types import TracebackType
from typing import Self


class _Proxy:
    """A server that reads a greeting and then carries bytes both ways."""

    def __init__(self, target_port: int, *, tls: ssl.SSLContext | None = None) -> None:
        self._target_port = target_port
        self._tls = tls
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[None]] = set()
        self.asked: list[tuple[str, int]] = []
        """Host and port of each connection that was wanted, as the client put it."""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        self._server.close()
        serving = [*self._serving]
        for task in serving:
            task.cancel()  # a client may keep its connection for the next request
        await asyncio.gather(*serving, return_exceptions=True)

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        try:
            if await self.greet(reader, writer):
                await self._carry(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._serving.discard(task)
            writer.close()

    async def greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        raise NotImplementedError

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        near, far = await asyncio.open_connection("127.0.0.1", self._target_port)
        try:
            await asyncio.gather(_pump(reader, far), _pump(near, writer))
        finally:
            far.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()


class SocksProxy(_Proxy):
    """RFC 1928 and 1929, and SOCKS 4a. `login` is what it demands; `reply` 0 means granted."""

    def __init__(self, target_port: int, *, login: str = "", reply: int = 0) -> None:
        super().__init__(target_port)
        self._login = login
        self._reply = reply

    async def greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        if (await reader.readexactly(1))[0] == 4:
            return await self._greet_4(reader, writer)
        await reader.readexactly((await reader.readexactly(1))[0])
        writer.write(b"\x05\x02" if self._login else b"\x05\x00")
        if self._login and not await self._is_known(reader, writer):
            return False
        await reader.readexactly(3)
        kind = (await reader.readexactly(1))[0]
        size = {1: 4, 4: 16}.get(kind) or (await reader.readexactly(1))[0]
        host = await reader.readexactly(size)
        port = int.from_bytes(await reader.readexactly(2))
        self.asked.append((host.decode() if kind == 3 else ".".join(map(str, host)), port))
        writer.write(bytes([5, self._reply, 0, 1, 0, 0, 0, 0, 0, 0]))
        return self._reply == 0

    async def _is_known(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        await reader.readexactly(1)
        user, password = [
            (await reader.readexactly((await reader.readexactly(1))[0])).decode() for _ in range(2)
        ]
        is_known = f"{user}:{password}" == self._login
        writer.write(b"\x01\x00" if is_known else b"\x01\x01")
        return is_known

    async def _greet_4(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        await reader.readexactly(1)
        port = int.from_bytes(await reader.readexactly(2))
        address = await reader.readexactly(4)
        await reader.readuntil(b"\0")
        is_name = address[:3] == b"\0\0\0" and address[3] != 0
        host = (await reader.readuntil(b"\0"))[:-1].decode() if is_name else str(address)
        self.asked.append((host, port))
        writer.write(bytes([0, 90, 0, 0, 0, 0, 0, 0]))
        return True


class TunnelProxy(_Proxy):
    """An HTTP proxy that knows only CONNECT. `login` is what it demands."""

    def __init__(
        self, target_port: int, *, login: str = "", tls: ssl.SSLContext | None = None
    ) -> None:
        super().__init__(target_port, tls=tls)
        self._login = login

    async def greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        host, _, port = head.split()[1].rpartition(":")
        wanted = f"Basic {base64.b64encode(self._login.encode()).decode()}"
        if self._login and f"Proxy-Authorization: {wanted}" not in head:
            writer.write(b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n")
            return False
        self.asked.append((host, int(port)))
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        return True
