"""A server that ends while clients connect."""

import asyncio
import socket
from contextlib import suppress

import pytest
from aiohttp import web

from ccr_desktop.core.server.closing import close
from tests.component.provider import PATIENCE_S


@pytest.mark.parametrize("turns", range(6))
async def test_who_comes_at_the_last_moment_is_not_left_waiting(turns: int) -> None:
    """Between the system's greeting and aiohttp's knowing of it lie some turns of the loop."""
    runner = web.AppRunner(web.Application(), shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    client = socket.create_connection(runner.addresses[0])
    client.setblocking(False)

    for _ in range(turns):
        await asyncio.sleep(0)
    await close(runner)

    with client, suppress(ConnectionResetError):
        async with asyncio.timeout(PATIENCE_S):
            assert await asyncio.get_running_loop().sock_recv(client, 1) == b""
