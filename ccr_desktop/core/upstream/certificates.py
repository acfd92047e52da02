"""Whom the router believes to be who they say: the system's certificates, and the user's own."""

from __future__ import annotations

import ssl
import sys
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def tls_context(ca_file: str = "") -> ssl.SSLContext:
    """A context for requests to providers; *ca_file* is trusted beside the system's certificates.

    Loading takes some ten milliseconds: make one, and keep it.
    """
    context = native_context() if sys.platform in {"win32", "darwin"} else _openssl_context()
    if ca_file:
        context.load_verify_locations(cafile=ca_file)
    return context


@dataclass(frozen=True, slots=True)
class CertificateFile:
    """What a file of certificates holds: how many, and which of them ends first, and when."""

    count: int
    first_to_end: str = ""
    ends_at_s: float = 0.0


def look_into(ca_file: str) -> CertificateFile:
    """What is in *ca_file*; raises `OSError` or `ValueError` when it holds no certificates."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cafile=ca_file)
    count = context.cert_store_stats()["x509"]
    ends = [
        (ssl.cert_time_to_seconds(str(found["notAfter"])), _name(found))
        for found in context.get_ca_certs()
    ]
    if not ends:
        return CertificateFile(count)
    ends_at_s, name = min(ends)
    return CertificateFile(count, name, ends_at_s)


def _name(certificate: Mapping[str, object]) -> str:
    """Whom a certificate is for, in the words that people know it by."""
    subject = certificate.get("subject")
    parts = subject if isinstance(subject, tuple) else ()
    names = dict(chain.from_iterable(parts))
    return str(names.get("commonName") or names.get("organizationName") or "")


def native_context() -> ssl.SSLContext:
    """One that asks the system itself, which alone knows what its administrators trust."""
    import truststore  # noqa: PLC0415  # where OpenSSL has no certificates of its own

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _openssl_context() -> ssl.SSLContext:
    """One with the certificates of the distribution (or of `SSL_CERT_FILE`, `SSL_CERT_DIR`)."""
    return ssl.create_default_context()
