"""aiohttp, loaded without the certificates of the system.

It reads all of them twice when it is imported, a seventh of the router's start, for two contexts
that no request of ours uses: each brings its own (`core.upstream.certificates`). Plugins may use
them, so the one that verifies reads the certificates when somebody first connects with it.
"""

from __future__ import annotations

import ssl
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ("aiohttp", "web")

_READERS = ("load_default_certs", "set_default_verify_paths")


class LateRoots(ssl.SSLContext):
    """Trusts what the system does, and reads that for the first connection."""

    def wrap_bio(self, *args: Any, **named: Any) -> ssl.SSLObject:
        if not self.cert_store_stats()["x509"]:
            self.load_default_certs()
        return super().wrap_bio(*args, **named)


@contextmanager
def _without_certificates() -> Iterator[None]:
    kept = {name: getattr(ssl.SSLContext, name) for name in _READERS}
    for name in _READERS:
        setattr(ssl.SSLContext, name, lambda *_: None)
    try:
        yield
    finally:
        for name, read in kept.items():
            setattr(ssl.SSLContext, name, read)


with _without_certificates():
    import aiohttp
    from aiohttp import connector, web

if isinstance(verified := getattr(connector, "_SSL_CONTEXT_VERIFIED", None), ssl.SSLContext):
    verified.__class__ = LateRoots  # with all that aiohttp has set in it
