"""Scripts of a provider that says at most one thing and then falls silent."""

import asyncio

from aiohttp import web

from tests.component.provider import Call, chunk

FIRST = chunk({"content": "First. "})


async def never(call: Call) -> web.StreamResponse:
    await asyncio.Event().wait()
    return web.Response()


async def silent_after_headers(call: Call) -> web.StreamResponse:
    await call.start()
    await asyncio.Event().wait()
    return web.Response()


async def silent_after_first(call: Call) -> web.StreamResponse:
    response = await call.start()
    await response.write(FIRST)
    await asyncio.Event().wait()
    return response
