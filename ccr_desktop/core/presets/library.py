"""The installed presets: ours, which can be changed, and claude-code-router's, which are read."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.core.presets.manifest import is_safe_name
from ccr_desktop.core.presets.packages import MANIFEST, Package, read_package
from ccr_desktop.errors import CcrError, ClientError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.presets.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Installed:
    """A preset on this machine; `problem` is why it can't be read."""

    name: str
    folder: Path
    is_own: bool
    manifest: Manifest | None = None
    problem: str = ""


def own_folder() -> Path:
    return paths.data_dir() / "presets"


def foreign_folder() -> Path:
    """claude-code-router's presets: never written."""
    return paths.legacy_config_file().parent / "presets"


def installed() -> list[Installed]:
    """All presets by name; one of ours hides one of claude-code-router's."""
    found: dict[str, Installed] = {}
    for folder, is_own in ((own_folder(), True), (foreign_folder(), False)):
        for preset in _in_folder(folder, is_own=is_own):
            found.setdefault(preset.name, preset)
    return sorted(found.values(), key=lambda preset: preset.name.casefold())


def find(name: str) -> Installed:
    """The preset of that name, which can be read. Raises `CcrError`."""
    all_ = installed()
    found = next((preset for preset in all_ if preset.name == name), None)
    if found is None:
        known = ", ".join(preset.name for preset in all_) or "none yet"
        hint = f"Installed are: {known}. `ccr preset install FILE` adds one."
        raise ClientError(f"There is no preset {name!r}", hint)
    if found.manifest is None:
        raise CcrError(f"The preset {name!r} can't be read", found.problem)
    return found


def install(package: Package, *, name: str = "", replaces: bool = False) -> Installed:
    """Write the files of a package under its name. Raises `CcrError`."""
    name = name or package.manifest.name
    if not is_safe_name(name):
        raise ClientError(f"{name!r} can't be the name of a preset", "Give another with --name.")
    folder = own_folder() / name
    if folder.exists() and not replaces:
        hint = "Replace it with --force, or choose another name."
        raise ClientError(f"The preset {name!r} is there already", hint)
    try:
        _write(package, folder)
    except OSError as exc:
        raise CcrError(f"{folder} can't be written", f"{exc.strerror or exc}.") from exc
    return Installed(name, folder, True, package.manifest)


def remove(name: str) -> None:
    """Delete a preset of ours."""
    folder = own_folder() / name
    if not is_safe_name(name) or not (folder / MANIFEST).is_file():
        if any(preset.name == name for preset in installed()):
            hint = f"It is in {foreign_folder()}, which is not ours to change."
            raise ClientError(f"The preset {name!r} belongs to claude-code-router", hint)
        raise ClientError(f"There is no preset {name!r}", "`ccr preset list` shows all.")
    try:
        shutil.rmtree(folder)
    except OSError as exc:
        raise CcrError(f"{folder} can't be deleted", f"{exc.strerror or exc}.") from exc


def _in_folder(folder: Path, *, is_own: bool) -> Iterator[Installed]:
    for manifest in sorted(folder.glob(f"*/{MANIFEST}")):
        place = manifest.parent
        if place.name.startswith("."):
            continue
        try:
            yield Installed(place.name, place, is_own, read_package(place).manifest)
        except CcrError as exc:
            yield Installed(place.name, place, is_own, problem=str(exc))


def _write(package: Package, folder: Path) -> None:
    """The whole folder or nothing: it is made beside its place, then moved there."""
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    making = Path(tempfile.mkdtemp(dir=folder.parent, prefix="."))
    try:
        for name, data in package.files.items():
            place = making / name
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            place.write_bytes(data)
            place.chmod(0o600)
        if folder.exists():
            shutil.rmtree(folder)
        making.replace(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
