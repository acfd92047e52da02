"""The real Claude Code with GitHub Copilot: the router is given a GitHub account, and no more.

Everything goes by a proxy to GitHub's own addresses, with an authority of the test's. The first
token serves two requests only, so that it ends in the middle of the task.
"""

import asyncio
import ssl
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest
import trustme
from aiohttp import web

from tests.component.github import GitHub
from tests.component.provider import Call, Provider
from tests.component.proxies import TunnelProxy
from tests.e2e.stage import e2e
from tests.e2e.test_refusing_upstreams import completed_task
from tests.support.claude import NEWEST, executable
from tests.support.refusing.apis import APIS
from tests.support.router import API_KEY, start_router
from tests.support.turns import JsonObject
from tests.support.upstream import Upstream

pytestmark = e2e
API = next(api for api in APIS if api.name == "copilot")
GITHUB, COPILOT, NAMED = (
    "api.github.com",
    "api.githubcopilot.com",
    "api.business.githubcopilot.com",
)


class Front:
    """GitHub, and Copilot before the upstream, which refuses what is wrong with a request."""

    def __init__(self, upstream: Upstream) -> None:
        self.github = GitHub()
        self.github.more |= {"endpoints": {"api": f"https://{NAMED}"}}
        self.uses = Counter[str]()
        self.refused = 0
        self._upstream = upstream

    async def __call__(self, call: Call) -> web.StreamResponse:
        if call.http.host == GITHUB:
            return await self.github.answer(call)
        token = (call.header("authorization") or "").removeprefix("Bearer ")
        self.uses[token] += 1
        is_over = token == self.github.given[0] and self.uses[token] > 2
        if is_over or token not in self.github.given:
            self.refused += 1
            return web.Response(text="unauthorized: token expired\n", status=401)
        return await self._passed_on(call)

    async def _passed_on(self, call: Call) -> web.StreamResponse:
        url = f"{self._upstream.url}/v1{call.target}"
        headers = {**call.http.headers, "Host": "upstream.test"}
        headers.pop("Transfer-Encoding", None)
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, data=call.raw, headers=headers) as reply,
        ):
            kind = {"Content-Type": reply.headers["Content-Type"]}
            response = await call.start(reply.status, kind)
            async for piece in reply.content.iter_any():
                await response.write(piece)
            return response


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream() as server:
        yield server


def config(proxy: TunnelProxy, ca_file: Path) -> JsonObject:
    entry = {
        "name": "copilot",
        "api_base_url": f"https://{COPILOT}/chat/completions",
        "api_key": "gho_0",
        "models": [API.model],
        "transformer": {"use": ["copilot"]},
    }
    return {
        "APIKEY": API_KEY,
        "PROXY_URL": f"http://127.0.0.1:{proxy.port}",
        "CA_FILE": str(ca_file),
        "Providers": [entry],
        "Router": {"default": f"copilot,{API.model}"},
    }


async def test_a_task_goes_on_when_its_token_ends(upstream: Upstream, tmp_path: Path) -> None:
    executable(NEWEST)
    authority, tls = trustme.CA(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(GITHUB, COPILOT, NAMED).configure_cert(tls)
    authority.cert_pem.write_to_path(tmp_path / "company.pem")
    front = Front(upstream)
    folder = tmp_path / "router"
    folder.mkdir()

    async with Provider(tls) as server, TunnelProxy(server.port) as proxy:
        server.script = front
        raw = config(proxy, tmp_path / "company.pem")
        router = await asyncio.to_thread(start_router, folder, raw)
        try:
            task = asyncio.to_thread(completed_task, API, upstream, router, tmp_path)
            player, report = await task
        finally:
            await asyncio.to_thread(router.stop)

    assert player.broken == [], report
    assert {host for host, _ in proxy.asked} == {GITHUB, NAMED}, report
    assert len(front.github.given) == 2, report
    assert front.refused >= 1, report
