"""A preset as files: a folder or a ZIP of one, read without trust in what it holds."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ccr_desktop.core.config.syntax import parse
from ccr_desktop.core.presets.manifest import Manifest, is_device, read_manifest
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.config.issues import Issue

MANIFEST = "manifest.json"
MAX_BYTES = 20 * 1024 * 1024
MAX_FILES = 500
_UNPACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # others can't be unpacked in pieces
_DAMAGED = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError)


@dataclass(frozen=True, slots=True)
class Package:
    """A manifest and the files beside it, by relative path with slashes."""

    manifest: Manifest
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)


def read_package(source: Path) -> Package:
    """The package in a folder, a ZIP or a single manifest. Raises `CcrError`."""
    try:
        if source.is_dir():
            return _package(_folder(source), str(source), source.name)
        data = _bounded(source)
    except OSError as exc:
        raise ClientError(f"{source} can't be read", f"{exc.strerror or exc}.") from exc
    return read_package_bytes(data, str(source), source.stem)


def read_package_bytes(data: bytes, source: str, fallback_name: str) -> Package:
    """The package that a ZIP or the text of a manifest holds."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        return _package(_unzipped(data, source), source, fallback_name)
    return _package({MANIFEST: data}, source, fallback_name)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as a ZIP; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def _package(files: Mapping[str, bytes], source: str, fallback_name: str) -> Package:
    if MANIFEST not in files:
        hint = f"A preset is a folder, or a ZIP of one, with a {MANIFEST}."
        raise ClientError(f"{source} is no preset", hint)
    issues: list[Issue] = []
    raw = parse(files[MANIFEST], Path(source), issues)
    return Package(read_manifest(raw, source, fallback_name), files)


def _bounded(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    _check_size(len(data), str(path))
    return data


def _folder(folder: Path) -> dict[str, bytes]:
    """The files of a folder; links are passed over, they may lead anywhere."""
    files: dict[str, bytes] = {}
    total = 0
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        total += path.stat().st_size
        _check_size(total, str(folder), len(files))
        files[path.relative_to(folder).as_posix()] = path.read_bytes()
    return files


def _unzipped(data: bytes, source: str) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            total = 0
            for info in archive.infolist():
                if info.is_dir():
                    continue
                total += info.file_size
                _check_size(total, source, len(files))
                files[_safe_name(info, source)] = _content(archive, info)
    except _DAMAGED as exc:
        raise ClientError(f"{source} can't be unpacked", f"{exc}.") from exc
    return _without_root(files)


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """No more than its size says: `ZipFile.read` unpacks all that there is, and then cuts it."""
    if info.compress_type not in _UNPACKED:
        raise NotImplementedError(f"{info.filename[:80]!r} is packed in a way that is not known")
    with archive.open(info) as file:
        return file.read(info.file_size)


def _safe_name(info: zipfile.ZipInfo, source: str) -> str:
    """The name of a file in a ZIP, if it stays in the folder that it is unpacked to."""
    name = info.filename.replace("\\", "/")
    parts = PurePosixPath(name).parts
    leaves = name.startswith("/") or ".." in parts or ":" in name or "\x00" in name
    is_link = stat.S_ISLNK(info.external_attr >> 16)
    if leaves or is_link or not parts or any(map(is_device, parts)):
        hint = "It holds a file that would be written elsewhere. Nothing was installed."
        raise ClientError(f"{source} is not safe: {name[:80]!r}", hint)
    return "/".join(parts)


def _without_root(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of the one folder that archives of repositories put everything into."""
    roots = {name.partition("/")[0] for name in files}
    if MANIFEST in files or len(roots) != 1:
        return files
    return {name.partition("/")[2]: data for name, data in files.items()}


def _check_size(size: int, source: str, count: int = 0) -> None:
    if size > MAX_BYTES or count >= MAX_FILES:
        hint = f"At most {MAX_FILES} files with {MAX_BYTES // 2**20} MiB together are accepted."
        raise ClientError(f"{source} is too large for a preset", hint)
