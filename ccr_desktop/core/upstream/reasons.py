"""Why a connection failed, in words: aiohttp's own are for programmers."""

from __future__ import annotations

import errno
import os
import socket
import ssl
from enum import Enum
from typing import NamedTuple

from ccr_desktop.core.http_library import aiohttp
from ccr_desktop.core.protocol.failures import redact
from ccr_desktop.core.upstream.connections import ProxyNameError, SocksError

_NO_NAME = "its name can't be resolved"


class TwoSignIns(ValueError):
    """A request was to sign in by its address and by a header."""


class Part(Enum):
    """What has to be looked at."""

    HOST = "host"
    ADDRESS = "address"
    PROXY = "proxy"
    TRUST = "trust"
    SIGN_IN = "sign-in"
    BREAK = "break"
    """It was connected, and broke off: to try again may help."""


class Reason(NamedTuple):
    part: Part
    words: str


def reason_of(exc: Exception, host: str) -> Reason | None:
    """Why there is no answer from *host*; None where the error is not one of connections."""
    match exc:
        case aiohttp.ClientProxyConnectionError() | aiohttp.ClientHttpProxyError():
            return Reason(Part.PROXY, _proxy(exc))
        case ProxyNameError() | SocksError():
            return Reason(Part.PROXY, _proxy(exc))
        case aiohttp.ClientConnectorDNSError():
            return Reason(Part.HOST, f"the name {host} can't be resolved")
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError() | ssl.SSLError():
            return _tls(exc, host)
        case aiohttp.ClientConnectorError(os_error=os_error):
            return Reason(Part.HOST, _unreached(os_error, host))
        case TwoSignIns():
            return Reason(Part.SIGN_IN, "its address has a sign-in, and there is a key, too")
        case aiohttp.InvalidURL():
            return Reason(Part.ADDRESS, f"{redact(str(exc))} is no address")
        case aiohttp.ClientPayloadError() | aiohttp.ServerDisconnectedError() | OSError():
            return Reason(Part.BREAK, f"{host} broke the connection off")
        case _:
            return None


def _unreached(error: OSError, host: str) -> str:
    words = system_words(error)
    if _is_refused(error):
        return f"nothing answers at {host} ({words})"
    return f"no connection to {host} ({words})"


def _is_refused(error: OSError) -> bool:
    """Whether the machine is there and nothing listens; of several addresses any counts."""
    return error.errno == errno.ECONNREFUSED or f"[Errno {errno.ECONNREFUSED}]" in str(error)


def system_words(error: OSError) -> str:
    """The system's own words: asyncio puts the call and its arguments in their place."""
    if _is_refused(error):
        return "connection refused"
    if isinstance(error, socket.gaierror):  # its numbers are not those of `errno`
        return _NO_NAME
    return os.strerror(error.errno) if error.errno else error.strerror or str(error)


def _tls(exc: Exception, host: str) -> Reason:
    inner = getattr(exc, "certificate_error", getattr(exc, "os_error", exc))
    if isinstance(inner, ssl.SSLCertVerificationError):
        words = f"the certificate of {host} is not trusted ({inner.verify_message})"
        return Reason(Part.TRUST, words)
    return Reason(Part.HOST, f"{host} does not speak TLS as it should ({inner})")


def _proxy(exc: aiohttp.ClientError) -> str:
    match exc:
        case aiohttp.ClientProxyConnectionError(os_error=os_error):
            return f"its proxy does not answer ({system_words(os_error)})"
        case ProxyNameError():
            return f"its proxy does not answer ({_NO_NAME})"
        case aiohttp.ClientHttpProxyError(status=407):
            return "its proxy wants a user name and password (407)"
        case aiohttp.ClientHttpProxyError():
            return f"its proxy refused ({exc.status} {redact(exc.message)})"
        case _:
            return f"its proxy gave no connection ({redact(str(exc))})"
