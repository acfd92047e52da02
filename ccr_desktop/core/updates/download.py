"""Looking for the latest release, and fetching its file for this computer.

The checksums come first, and count only when a pinned key signed them. The file is known by its
signed name, and is nothing but bytes in a private folder until its own checksum was compared.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from ccr_desktop import __version__, paths
from ccr_desktop.core.updates.files import choose_file
from ccr_desktop.core.updates.release import read_release
from ccr_desktop.core.updates.signing import SIGNATURE, SUMS, UNVERIFIED, read_sums, verify
from ccr_desktop.core.updates.versions import is_newer
from ccr_desktop.core.updates.web import Web
from ccr_desktop.errors import UpdateError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.updates.release import Asset, Release

Progress = Callable[[int, int], None]
"""Told how many bytes have come, and how many there will be, 0 for unknown."""

_MOST_JSON = 4 * 2**20
_MOST_SUMS = 2**18
_MOST_FILE = 600 * 2**20
_REMOVED = "It was removed, and nothing of it was run."
NOT_PINNED = (
    "This build knows no key that releases are signed with, so that a download could not be "
    "trusted. Get the new version from the page of the release."
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that passed. Whoever starts it calls `recheck` right before, as time may pass."""

    version: str
    path: Path
    checksum: str

    def recheck(self) -> None:
        """Raise `UpdateError` when it is no longer what was verified."""
        try:
            with self.path.open("rb") as file:
                is_same = hashlib.file_digest(file, "sha256").hexdigest() == self.checksum
        except OSError:
            is_same = False
        if not is_same:
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)
            raise UpdateError(UNVERIFIED, f"{self.path.name} was changed since. {_REMOVED}")


async def latest_release(config: Config) -> Release:
    """What the update source has. Raises `UpdateError`."""
    source = config.desktop.update_source
    if not source:
        raise UpdateError(
            "The place where new versions are looked for can't be used",
            "Correct Desktop.updateSource, or take it out; no other place was asked.",
        )
    async with contextlib.aclosing(Web(config)) as web:
        return read_release(await web.read(source, _MOST_JSON), source)


def folder() -> Path:
    """Where downloads lie: nobody else may write there."""
    return paths.cache_dir() / "updates"


class Downloads:
    """By *config*, of what one of *keys* signed. Without *into* there is a folder of our own."""

    def __init__(self, config: Config, keys: Mapping[str, bytes], into: Path | None = None) -> None:
        self._config = config
        self._keys = keys
        self._into = into

    async def fetch(
        self, release: Release, ending: str, progress: Progress = lambda done, total: None
    ) -> Fetched:
        """The file of *release* that ends in *ending*, verified. Raises `UpdateError`."""
        if not self._keys:
            raise UpdateError("The new version can't be downloaded from here", NOT_PINNED)
        if not is_newer(release.version, __version__):
            raise UpdateError(
                UNVERIFIED,
                f"Version {release.version} is not newer than {__version__}, which runs here.",
            )
        async with contextlib.aclosing(Web(self._config)) as web:
            sums = await web.read(_need(release, SUMS).url, _MOST_SUMS)
            verify(sums, await web.read(_need(release, SIGNATURE).url, _MOST_SUMS), self._keys)
            checksums = read_sums(sums)
            asset = _need(release, choose_file(checksums, release.version, ending))
            place = self._into or folder()
            await asyncio.to_thread(_prepare, place, is_ours=self._into is None)
            path = place / asset.name
            await _save(web, asset, path, checksums[asset.name], progress)
        return Fetched(release.version, path, checksums[asset.name])


def _need(release: Release, name: str) -> Asset:
    asset = release.asset(name)
    if asset is None:
        raise UpdateError(UNVERIFIED, f"{name} is missing from version {release.version}.")
    return asset


async def _save(web: Web, asset: Asset, path: Path, checksum: str, progress: Progress) -> None:
    """The whole file or none. Until it is verified it has a name that nothing opens."""
    part = path.with_name(f"{path.name}.part")
    try:
        found, count = await _written(web, asset, part, progress)
        if asset.size and count < asset.size:
            raise UpdateError(
                "The download is not complete",
                f"{count} of {asset.size} bytes of {asset.name} came. {_REMOVED}",
            )
        if found != checksum:
            raise UpdateError(
                UNVERIFIED, f"{asset.name} is not the file that was signed. {_REMOVED}"
            )
        part.replace(path)
    except OSError as exc:
        raise UpdateError(f"{part} can't be written", f"{exc.strerror or exc}.") from exc
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


async def _written(web: Web, asset: Asset, part: Path, progress: Progress) -> tuple[str, int]:
    """The checksum and the size of what was written."""
    digest, count = hashlib.sha256(), 0
    most = min(asset.size or _MOST_FILE, _MOST_FILE)
    with _new(part) as file:
        async with contextlib.aclosing(web.pieces(asset.url, most)) as pieces:
            async for piece in pieces:
                await asyncio.to_thread(_take, piece, file, digest)
                count += len(piece)
                progress(count, asset.size)
    return digest.hexdigest(), count


def _new(path: Path) -> BinaryIO:
    """A file of our own: a link that somebody put there is not followed."""
    path.unlink(missing_ok=True)
    return path.open("xb")


def _take(piece: bytes, file: BinaryIO, digest: hashlib._Hash) -> None:
    file.write(piece)
    digest.update(piece)


def _prepare(place: Path, *, is_ours: bool) -> None:
    """Our own folder is emptied of what earlier downloads left."""
    if is_ours:
        shutil.rmtree(place, ignore_errors=True)
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as exc:
        raise UpdateError(f"{place} can't be written", f"{exc.strerror or exc}.") from exc
