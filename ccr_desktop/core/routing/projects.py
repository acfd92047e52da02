"""Which routes a folder or a session has of its own.

Three places, the first that has any counts: claude-code-router's files for a session and for a
project (`~/.claude-code-router/<project>/<session>.json` and `config.json`), then `projects` of
the configuration. `<project>` is the folder in which Claude Code keeps the session.
"""

from __future__ import annotations

import os
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.core.config.schema import Config, Router
from ccr_desktop.core.protocol.json import JSONDecodeError, loads
from ccr_desktop.core.routing.decision import Verdict
from ccr_desktop.core.routing.overrides import OverrideFiles
from ccr_desktop.core.routing.real_paths import innermost

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ccr_desktop.core.routing.decision import Decision

RULE = "project"
_LOOK_AGAIN_S = 1.0
_TRANSCRIPT_HEAD_BYTES = 256 * 1024
_CWD = re.compile(rb'"cwd":\s*("(?:[^"\\]|\\.)*")')


class ProjectRoutes:
    """Finds the configuration that holds for one request. May read files."""

    def __init__(self, home: Path | None = None) -> None:
        home = home or Path.home()
        self._sessions = home / ".claude" / "projects"
        self._overrides = home / ".claude-code-router"
        self._has_overrides = False
        self._looked_s = float("-inf")
        self._projects: dict[str, str] = {}
        self._override_files = OverrideFiles()

    def is_concerned(self, config: Config) -> bool:
        """Whether any project could have routes of its own."""
        if config.projects:
            return True
        if time.monotonic() - self._looked_s > _LOOK_AGAIN_S:
            self._looked_s = time.monotonic()
            self._has_overrides = any(_is_project(entry) for entry in _entries(self._overrides))
        return self._has_overrides

    def apply(
        self, config: Config, session: str, folder: Path | None, real: Mapping[str, str]
    ) -> tuple[Config, Verdict | None]:
        """The configuration with the routes that hold here, and what was found.

        The verdict has the default route that the project brings, if it does. *real* says where
        folders lead. Raises `ClientError` where a file can't be used.
        """
        for path in self._files(session, _names(folder, real)):
            if found := self._override_files.router(path, config):
                router, reason = found
                own = router.routes.get("default", ())
                config = replace(config, router=_completed(router, config.router))
                return config, Verdict(RULE, reason, own)
        return _by_folder(config, folder, real) if folder else (config, None)

    def forbidding(
        self, config: Config, session: str, folders: Iterable[Path], real: Mapping[str, str]
    ) -> Config:
        """*config* with what the files of all *folders* of the session forbid besides."""
        rules = config.router.rules
        for name in dict.fromkeys(_encoded(n) for f in folders for n in _names(f, real)):
            found = (
                self._override_files.router(p, config) for p in self._of_project(name, session)
            )
            router, _ = next(filter(None, found), (Router(), ""))
            rules = (*(r for r in router.rules if _restricts(r) and r not in rules), *rules)
        if rules == config.router.rules:
            return config
        return replace(config, router=replace(config.router, rules=rules))

    def folder(self, session: str) -> Path | None:
        """Where a session works, as its transcript says."""
        if not (name := self._project_of(session)):
            return None
        try:
            with (self._sessions / name / f"{session}.jsonl").open("rb") as transcript:
                found = _CWD.search(transcript.read(_TRANSCRIPT_HEAD_BYTES))
            return Path(loads(found.group(1))) if found else None
        except (OSError, JSONDecodeError):
            return None

    def _files(self, session: str, folders: list[Path]) -> Iterator[Path]:
        known = self._project_of(session)
        for name in [known] if known else map(_encoded, folders):
            yield from self._of_project(name, session)

    def _of_project(self, name: str, session: str) -> Iterator[Path]:
        if session and _is_plain(session):
            yield self._overrides / name / f"{session}.json"
        yield self._overrides / name / "config.json"

    def _project_of(self, session: str) -> str:
        """The name of the project folder that holds the session's transcript.

        A session that is not found is looked for again: it may have no transcript yet.
        """
        if not session or not _is_plain(session):
            return ""
        if session not in self._projects:
            transcript = f"{session}.jsonl"
            found = (
                e.name for e in _entries(self._sessions) if paths.is_file(Path(e) / transcript)
            )
            if name := next(found, ""):
                self._projects[session] = name
        return self._projects.get(session, "")


def _names(folder: Path | None, real: Mapping[str, str]) -> list[Path]:
    """The names of *folder*: as the client says it, and as it really is."""
    names = [str(folder), real.get(str(folder), str(folder))] if folder else []
    return [Path(name) for name in dict.fromkeys(names)]


def _by_folder(
    config: Config, folder: Path, real: Mapping[str, str]
) -> tuple[Config, Verdict | None]:
    """`projects`: of those that hold *folder* the innermost counts."""
    known = innermost(folder, config.projects, real)
    if known not in config.projects:
        return config, None
    chosen = config.projects[known]
    restricting = tuple(rule for rule in config.router.rules if _restricts(rule))
    if isinstance(chosen, str):
        router = config.route_sets.get(chosen, config.router)
        router = replace(router, rules=(*restricting, *router.rules))
        reason, default = f"{known} uses {chosen!r}", router.routes.get("default", ())
        return replace(config, router=router), Verdict(RULE, reason, default)
    router = Router(routes={"default": tuple(chosen)}, rules=restricting)
    verdict = Verdict(RULE, f"{known} has {chosen[0]}", tuple(chosen))
    return replace(config, router=router), verdict


def credited(decision: Decision, found: Verdict) -> Decision:
    """*decision* with what was *found* for the project, which wins where its default answers."""
    *before, winner = decision.trace
    if winner.rule == "default" and found.routes:
        return replace(decision, trace=(*before, found._replace(routes=winner.routes)))
    return replace(decision, trace=(found._replace(routes=()), *decision.trace))


def _completed(router: Router, base: Router) -> Router:
    """A `Router` of another file: what the user forbids, it does not allow."""
    default = {"default": base.routes["default"]} if "default" in base.routes else {}
    return replace(
        router,
        routes={**default, **router.routes},
        rules=(*(rule for rule in base.rules if _restricts(rule)), *router.rules),
        fallbacks=base.fallbacks,
    )


def _restricts(rule: Any) -> bool:
    return bool(rule.only or rule.never or rule.block)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if entry.is_dir()]
    except OSError:
        return []


def _is_project(entry: os.DirEntry[str]) -> bool:
    """Claude Code's names for projects begin with the root of their path, as `-home-me-x`."""
    return entry.name.startswith("-") or entry.name[1:3] == "--"


def _is_plain(name: str) -> bool:
    return name.replace("-", "").replace("_", "").isalnum()


def _encoded(folder: Path) -> str:
    """The name that Claude Code gives to the folder's project."""
    return "".join(char if char.isalnum() else "-" for char in str(folder))
