"""What a release says of itself: the JSON of GitHub's `GET /repos/OWNER/REPO/releases/latest`."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from ccr_desktop.core.protocol.json import JSONDecodeError, loads_lenient
from ccr_desktop.core.updates.versions import rank
from ccr_desktop.core.updates.web import may_lead
from ccr_desktop.errors import UpdateError

_MOST_NOTES = 60_000  # characters


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of a release. `size` is what the server says of it, 0 when it says nothing.

    Name and address are shown where something fails: they have no letters that steer a terminal.
    """

    name: str
    url: str
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    version: str
    notes: str = ""
    """In Markdown, by whoever wrote them."""
    page: str = ""
    """Where a person reads more; empty: nowhere."""
    assets: tuple[Asset, ...] = ()

    def asset(self, name: str) -> Asset | None:
        return next((asset for asset in self.assets if asset.name == name), None)


def read_release(answer: bytes, source: str) -> Release:
    """The release in *answer*, which came from *source*. Raises `UpdateError`."""
    try:
        found = loads_lenient(answer)
    except JSONDecodeError:
        found = None
    version = _text(found, "tag_name").removeprefix("v")
    if rank(version) is None:
        host = urlsplit(source).netloc
        raise UpdateError(
            "The update source gave no release",
            f"{host} answered something else. Check Desktop.updateSource.",
        )
    return Release(
        version=version,
        notes=_text(found, "body")[:_MOST_NOTES],
        page=_page(_text(found, "html_url")),
        assets=tuple(_assets(found, source)),
    )


def _assets(found: Any, source: str) -> list[Asset]:
    items = found.get("assets")
    assets = []
    for item in items if isinstance(items, list) else ():
        name, url, size = _text(item, "name"), _text(item, "browser_download_url"), _size(item)
        with suppress(ValueError):  # brackets that match nothing
            place = urljoin(source, url)
            if name and url and (name + url).isprintable() and may_lead(source, place):
                assets.append(Asset(name, place, size))
    return assets


def _size(item: Any) -> int:
    size = item.get("size") if isinstance(item, dict) else 0
    return size if isinstance(size, int) and size > 0 else 0


def _text(found: Any, key: str) -> str:
    value = found.get(key) if isinstance(found, dict) else None
    if not isinstance(value, str):
        return ""
    return value.strip().encode("utf-8", "replace").decode()  # halves of letters are nothing


def _page(url: str) -> str:
    return url if url.startswith(("https://", "http://")) and url.isprintable() else ""
