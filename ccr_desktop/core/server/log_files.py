"""Reading logs for the management API: nothing outside the log folder."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject


def list_logs(folder: Path) -> list[JsonObject]:
    """Name, size in bytes and last change (seconds since the epoch) of each log, newest first."""
    found = [
        {"name": path.name, "size": path.stat().st_size, "changed_s": path.stat().st_mtime}
        for path in folder.glob("*.log*")
        if _is_log(path)
    ]
    return sorted(found, key=lambda log: log["changed_s"], reverse=True)


def read_log(folder: Path, name: str, count: int) -> list[str]:
    """The last *count* lines of the log *name*."""
    path = folder / name
    if Path(name).name != name or ".log" not in name or not _is_log(path):
        raise ClientError(f"There is no log {name[:100]!r}", "GET /api/logs lists all.", status=404)
    with path.open(encoding="utf-8", errors="replace") as lines:
        return [line.rstrip("\n") for line in deque(lines, maxlen=count)]


def _is_log(path: Path) -> bool:
    """A file of the folder itself: a link could lead anywhere. Names may be too long for any."""
    try:
        return path.is_file() and not path.is_symlink()
    except OSError:
        return False
