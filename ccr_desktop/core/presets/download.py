"""Fetching a preset from an address: https or a file, of a limited size."""

from __future__ import annotations

from http.client import HTTPException
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import unquote, urlsplit
from urllib.request import Request, url2pathname, urlopen

from ccr_desktop import paths
from ccr_desktop.core.presets.packages import MAX_BYTES, read_package, read_package_bytes
from ccr_desktop.errors import CcrError, ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.presets.packages import Package

_TIMEOUT_S = 30.0


def fetch_package(source: str) -> Package:
    """The package at a path or an address. Raises `CcrError`."""
    try:
        return _fetched(source)
    except (OSError, ValueError) as exc:  # of `urlsplit` for brackets, and of what is no path
        raise ClientError(
            f"{source[:200]} can't be read", f"{getattr(exc, 'strerror', None) or exc}."
        ) from exc


def _fetched(source: str) -> Package:
    scheme = urlsplit(source).scheme.lower() if "://" in source else ""
    if scheme == "file":
        return read_package(Path(url2pathname(urlsplit(source).path)))
    if scheme == "https":
        name = PurePosixPath(unquote(urlsplit(source).path)).stem
        return read_package_bytes(_download(source), source, name)
    if scheme:
        hint = "Give a path, or an address that begins with https:// or file://."
        raise ClientError(f"{scheme}:// is not accepted", hint)
    path = paths.expanded(source)
    if not path.exists():
        raise ClientError(f"There is no {source}", "Give a folder, a ZIP, or an address.")
    return read_package(path)


def _download(url: str) -> bytes:
    request = Request(url, headers={"User-Agent": "ccr-desktop"})  # noqa: S310  # https only
    try:
        with urlopen(request, timeout=_TIMEOUT_S) as response:  # noqa: S310
            if not response.geturl().lower().startswith("https://"):
                raise ClientError(f"{url} leads to an address without https")
            data: bytes = response.read(MAX_BYTES + 1)
    except (URLError, OSError, ValueError, HTTPException) as exc:
        reason = getattr(exc, "reason", exc)
        raise CcrError(f"{url} can't be fetched", f"{reason}.") from exc
    if len(data) > MAX_BYTES:
        hint = f"At most {MAX_BYTES // 2**20} MiB are accepted."
        raise ClientError(f"{url} is too large for a preset", hint)
    return data
