"""Where files live.

`CCR_DESKTOP_HOME=<dir>` puts everything under `<dir>/{config,data,logs,cache}`.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from pathlib import Path

import platformdirs

APP = "ccr-desktop"
TEMPORARY = Path("/tmp")  # noqa: S108  # the same for all of a user's programs; only private folders


def _location(kind: str, default: Path) -> Path:
    home = os.environ.get("CCR_DESKTOP_HOME")
    return Path(home) / kind if home else default


def config_dir() -> Path:
    return _location("config", platformdirs.user_config_path(APP, appauthor=False))


def data_dir() -> Path:
    return _location("data", platformdirs.user_data_path(APP, appauthor=False))


def log_dir() -> Path:
    return _location("logs", platformdirs.user_log_path(APP, appauthor=False))


def cache_dir() -> Path:
    return _location("cache", platformdirs.user_cache_path(APP, appauthor=False))


def runtime_dir() -> Path:
    """For locks and sockets. Programs started outside of the desktop session find it, too."""
    if not os.environ.get("CCR_DESKTOP_HOME"):
        session = Path(os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{_user_id()}")
        if sandbox := os.environ.get("FLATPAK_ID"):
            session = session / "app" / sandbox  # the rest of it is of each start alone
        if session.is_dir() and _can_be_used(session / APP):
            return session / APP
    own = data_dir() / "run"
    return own if sys.platform == "win32" or _can_be_made(own) else _last_resort(own)


def _can_be_used(folder: Path) -> bool:
    """Also one of ours whose rights were taken away: they are given back when it is used."""
    return _can_be_made(folder) or (is_folder(folder) and folder.lstat().st_uid == _user_id())


def _can_be_made(folder: Path) -> bool:
    """Whether files may be made in a folder, which may be made first."""
    there = next(place for place in (folder, *folder.parents) if os.path.lexists(place))
    return is_folder(there) and os.access(there, os.W_OK | os.X_OK)


def _last_resort(folder: Path) -> Path:
    """For what can't be in *folder*, as in a home that can only be read."""
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return TEMPORARY / f"{APP}-{_user_id()}-{digest}"


def _user_id() -> int | str:
    return os.getuid() if sys.platform != "win32" else ""


def legacy_config_file() -> Path:
    """claude-code-router's own file, read in place and never written."""
    return Path.home() / ".claude-code-router" / "config.json"


def config_places() -> tuple[Path, ...]:
    """Where a configuration may lie, the first one counts."""
    return config_dir() / "config.json", legacy_config_file()


def find_config(explicit: str | None = None) -> Path | None:
    """The configuration file in force, or None for the built-in defaults."""
    if explicit:
        return expanded(explicit).absolute()  # as another program names it, too
    return next((path for path in config_places() if is_there(path)), None)


def way_out(error: OSError) -> str:
    """What a person can do about a file of ours that can't be written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "Make room on that disk."
    if os.environ.get("CCR_DESKTOP_HOME"):
        return "Check CCR_DESKTOP_HOME and the rights on that folder."
    if error.errno == errno.EROFS:
        return "Set CCR_DESKTOP_HOME to a folder that can be written."
    if error.errno in {errno.ENOTDIR, errno.EEXIST}:
        return "Move away what stands there in place of a folder."
    return "Check the rights on that folder."


def expanded(text: str) -> Path:
    """The path that a person wrote: `~` is his own folder; that of nobody stays as it is."""
    return Path(os.path.expanduser(text))  # noqa: PTH111  # pathlib raises for an unknown ~name


def is_file(path: Path) -> bool:
    """Whether there is such a file that we may see. What people write may be no name at all."""
    return os.path.isfile(path)  # noqa: PTH113  # `Path.is_file` raises then


def is_there(path: Path) -> bool:
    """Whether anything stands there, or may: what can't be looked at is not taken for nothing."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def is_folder(path: Path) -> bool:
    """Whether there is such a folder that we may see, however it was written."""
    return os.path.isdir(path)  # noqa: PTH112  # `Path.is_dir` raises then


def resource(name: str) -> Path:
    """A file of `resources/`: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "resources" / name
    return inside if inside.exists() else package.parent / "resources" / name


def guide(name: str) -> Path:
    """A page for people, `README.md` or `docs/desktop.md`: shipped, or that of a checkout."""
    package = Path(__file__).parent
    inside = package / "resources" / "guide" / name
    return inside if inside.exists() else package.parent / name
