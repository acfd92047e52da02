"""How this program was installed, and so who replaces it.

Packages write one word into the file `install-method` in the folder of the program, or beside the
Python package. Without it the traces of Python's installers are looked for.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from enum import Enum
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from ccr_desktop.core.updates.versions import rank
from ccr_desktop.own_program import is_bundle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MARKER = "install-method"
_CASKS = (Path("/opt/homebrew/Caskroom/ccr-desktop"), Path("/usr/local/Caskroom/ccr-desktop"))


class Method(Enum):
    """The words of the file, and those for what has no file."""

    DEB = "deb"
    RPM = "rpm"
    ARCHIVE = "archive"
    APPIMAGE = "appimage"
    FLATPAK = "flatpak"
    AUR = "aur"
    NSIS = "nsis"
    DMG = "dmg"
    BREW = "brew"
    WINGET = "winget"
    PIPX = "pipx"
    UV = "uv"
    PIP = "pip"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Installation:
    """`place` is what is replaced or built anew where that has to be known: the AppImage, or the
    folder of the source. `repository` is where pip fetched the source, as pip writes it."""

    method: Method
    place: Path | None = None
    repository: str = ""


def find_installation(environment: Mapping[str, str] = os.environ) -> Installation:
    image = environment.get("APPIMAGE")
    method = _marked()
    if method is Method.APPIMAGE or (image and is_bundle() and method is None):
        return Installation(Method.APPIMAGE, Path(image) if image else None)
    if method is Method.DMG and any(cask.is_dir() for cask in _CASKS):
        return Installation(Method.BREW)
    if method is not None:
        return Installation(method)
    if is_bundle():
        return Installation(_bundle_without_word())
    return _by_python()


def _marked() -> Method | None:
    """What the file says; one with a word that nobody knows counts for nothing."""
    words = {method.value: method for method in Method}
    for folder in _folders():
        try:
            word = (folder / MARKER).read_text(encoding="utf-8").strip().lower()
        except (OSError, UnicodeDecodeError):
            continue
        if word in words:
            return words[word]
    return None


def _folders() -> Iterator[Path]:
    """On macOS resources lie apart from programs."""
    if is_bundle():
        folder = Path(sys.executable).parent
        yield folder
        yield folder.parent / "Resources"
        yield Path(str(getattr(sys, "_MEIPASS", folder)))
    yield Path(__file__).parents[2]


def _bundle_without_word() -> Method:
    if Path("/.flatpak-info").exists():
        return Method.FLATPAK
    return {"win32": Method.NSIS, "darwin": Method.DMG}.get(sys.platform, Method.ARCHIVE)


def _by_python() -> Installation:
    checkout = Path(__file__).parents[3]
    try:
        origin = _origin(metadata.distribution("ccr-desktop").read_text("direct_url.json"))
    except metadata.PackageNotFoundError:
        return Installation(Method.SOURCE, checkout)
    if origin.is_editable:
        return Installation(Method.SOURCE, checkout)
    return Installation(_by_traces(Path(sys.prefix)), origin.folder, origin.repository)


def _by_traces(prefix: Path) -> Method:
    if (prefix / "pipx_metadata.json").exists():
        return Method.PIPX
    if (prefix / "uv-receipt.toml").exists():
        return Method.UV
    return Method.PIP


class _Origin(NamedTuple):
    """What was installed; nothing of it where it came from an index."""

    is_editable: bool = False
    folder: Path | None = None
    repository: str = ""


def _origin(direct_url: str | None) -> _Origin:
    """By https://packaging.python.org/en/latest/specifications/direct-url/."""
    try:
        found = json.loads(direct_url or "{}")
        match found:
            case {"dir_info": {"editable": True}}:
                return _Origin(is_editable=True)
            case {"url": str(url), "dir_info": {}}:
                return _Origin(folder=Path(url2pathname(urlsplit(url).path)))
            case {"url": str(url), "vcs_info": {"vcs": str(kind), **about}}:
                return _Origin(repository=f"{kind}+{url}{_followed(about)}")
    except ValueError:
        pass
    return _Origin()


def _followed(about: Mapping[Any, object]) -> str:
    """The branch that was asked for. A version or a commit would never bring a new one."""
    wanted = str(about.get("requested_revision") or "")
    is_fixed = rank(wanted) is not None or str(about.get("commit_id")).startswith(wanted)
    return "" if not wanted or is_fixed else f"@{wanted}"
