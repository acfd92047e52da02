"""Why a file can't be used as certificates, in words: OpenSSL's own are for programmers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.file_trouble import why

if TYPE_CHECKING:
    from pathlib import Path

HINT = (
    'Choose one in PEM form, with lines "-----BEGIN CERTIFICATE-----". Until then only the'
    " system's certificates are trusted."
)
_LOOKED_AT = 2**20


def problem_with(path: Path) -> str:
    """What is wrong with the file at *path*; empty where its certificates can be trusted."""
    import ssl  # noqa: PLC0415  # few have such a file

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=path)
    except ssl.SSLError:
        return _problem_inside(path)
    except OSError as exc:
        return f"{path} can't be read ({why(exc)})."
    return ""


def _problem_inside(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(_LOOKED_AT)
    if not content.strip():
        return f"{path} is empty."
    if b"-----BEGIN CERTIFICATE-----" in content:
        return f"a certificate in {path} is damaged."
    if b"PRIVATE KEY-----" in content:
        return f"{path} holds a private key, and no certificates."
    return f"{path} holds no certificates in PEM form."
