"""aiohttp reads the system's certificates when a connection needs them, not when it is loaded."""

import asyncio
import os
import ssl
import sys
from pathlib import Path

import pytest
import trustme

from tests.component.provider import Provider

ASKS = """
import asyncio, sys
from ccr_desktop.core.http_library import aiohttp
from aiohttp import connector

roots = connector._SSL_CONTEXT_VERIFIED
print(roots.cert_store_stats()["x509"])

async def ask():
    async with aiohttp.ClientSession() as session:
        async with session.get(sys.argv[1]) as response:
            return response.status

try:
    print(asyncio.run(ask()))
except aiohttp.ClientConnectorCertificateError:
    print("not trusted")
print(roots.cert_store_stats()["x509"])
"""


@pytest.mark.parametrize(("knows_it", "outcome"), [(True, "200"), (False, "not trusted")])
async def test_they_are_read_for_the_first_connection(
    tmp_path: Path, knows_it: bool, outcome: str
) -> None:
    authority, other = trustme.CA(), trustme.CA()
    roots = tmp_path / "roots.pem"
    (authority if knows_it else other).cert_pem.write_to_path(str(roots))
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    async with Provider(tls) as server:
        asking = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            ASKS,
            server.url,
            env={**os.environ, "SSL_CERT_FILE": str(roots), "SSL_CERT_DIR": str(tmp_path)},
            stdout=asyncio.subprocess.PIPE,
        )
        said, _ = await asking.communicate()

    before, answer, after = said.decode().splitlines()
    assert (before, after) == ("0", "1")
    assert answer == outcome
