"""claude-code-router's files for projects and sessions, each an object with a `Router`.

They may forbid something. One that is there and can't be used counts as it was when it could; a
request is refused where that was never the case.
"""

from __future__ import annotations

import errno
import logging
import stat
from typing import TYPE_CHECKING

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.router import read_router_of
from ccr_desktop.core.config.routes import RouteReader
from ccr_desktop.core.config.syntax import parse
from ccr_desktop.errors import ClientError, ConfigError

if TYPE_CHECKING:
    from pathlib import Path

    from ccr_desktop.core.config.schema import Config, Router
    from ccr_desktop.core.protocol.json import JsonObject

log = logging.getLogger(__name__)

_ABSENT = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL)


class OverrideFiles:
    """Reads them for each request, and remembers what was in those that could be used."""

    def __init__(self) -> None:
        self._good: dict[Path, JsonObject] = {}
        self._told: set[str] = set()

    def router(self, path: Path, config: Config) -> tuple[Router, str] | None:
        """The `Router` in *path* with a sentence about it; None where there is none.

        Raises `ClientError` where a file can't be used and never could.
        """
        if not _is_there(path):
            self._good.pop(path, None)
            return None
        try:
            raw = _read(path)
            router = _router(raw, config)
        except ConfigError as exc:
            return self._last(path, config, exc)
        self._good[path] = raw
        scope = "project" if path.stem == "config" else "session"
        return (router, f"{path} holds for this {scope}") if router else None

    def _last(self, path: Path, config: Config, problem: ConfigError) -> tuple[Router, str] | None:
        reason = f"{path} can't be used: {' '.join(map(str, problem.issues))}"
        try:
            router = _router(self._good[path], config)
        except (KeyError, ConfigError):
            hint = f"{reason} It may forbid something, so nothing is sent until it is mended."
            title = "The routes of this project or session can't be read"
            raise ClientError(title, hint, status=403) from problem
        if reason not in self._told:
            self._told.add(reason)
            log.warning("%s; what it said before holds", reason)
        return (router, f"{reason} What it said before holds") if router else None


def _is_there(path: Path) -> bool:
    """Also a link that leads nowhere is there; what can't be a name of a file is not."""
    try:
        path.lstat()
    except OSError as exc:
        return exc.errno not in _ABSENT
    except ValueError:
        return False
    return True


def _read(path: Path) -> JsonObject:
    """The object in a file. Only a plain one is opened: a pipe would never end."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _unusable(path, "this is no plain file.")
        data = path.read_bytes()
    except OSError as exc:
        raise _unusable(path, f"{exc.strerror or exc}.") from exc
    return parse(data, path, [])


def _router(raw: JsonObject, config: Config) -> Router | None:
    if (found := raw.get("Router")) is None:
        return None
    issues: list[Issue] = []
    if not isinstance(found, dict):
        issues.append(Issue("Router", "this is no object.", "Write an object of routes."))
        raise ConfigError("Router", issues)
    reader = RouteReader(config.providers, issues, has_plugins=bool(config.plugins))
    router = read_router_of("Router", found, reader)
    if errors := [issue for issue in issues if issue.severity == "error"]:
        raise ConfigError("Router", errors)
    return router


def _unusable(path: Path, problem: str) -> ConfigError:
    return ConfigError(str(path), [Issue("", problem, "Put a file with a Router there.")])
