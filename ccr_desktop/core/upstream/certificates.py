"""Whom the router believes to be who they say: the system's certificates, and the user's own."""

from __future__ import annotations

import ssl
import sys


def tls_context(ca_file: str = "") -> ssl.SSLContext:
    """A context for requests to providers; *ca_file* is trusted beside the system's certificates.

    Loading takes some ten milliseconds: make one, and keep it.
    """
    context = native_context() if sys.platform in {"win32", "darwin"} else _openssl_context()
    if ca_file:
        context.load_verify_locations(cafile=ca_file)
    return context


def native_context() -> ssl.SSLContext:
    """One that asks the system itself, which alone knows what its administrators trust."""
    import truststore  # noqa: PLC0415  # where OpenSSL has no certificates of its own

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _openssl_context() -> ssl.SSLContext:
    """One with the certificates of the distribution (or of `SSL_CERT_FILE`, `SSL_CERT_DIR`)."""
    return ssl.create_default_context()
