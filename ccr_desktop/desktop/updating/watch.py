"""Looks for a new version when it is time, and remembers what came of it.

A look that fails is told where the settings say when it was, and nowhere else.
"""

from __future__ import annotations

import logging
import os
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from ccr_desktop import __version__
from ccr_desktop.core.updates.download import latest_release
from ccr_desktop.core.updates.release import Asset, Release
from ccr_desktop.core.updates.rhythm import HOUR_S, is_due
from ccr_desktop.core.updates.versions import is_newer
from ccr_desktop.desktop.happenings import UpdateReady
from ccr_desktop.desktop.memory import INSTALLED
from ccr_desktop.desktop.notice import Kind
from ccr_desktop.errors import UpdateError, as_sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccr_desktop.desktop.attention import Attention
    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.desktop.memory import Memory

_CHECKED, _TRIED, _PROBLEM = "updates.checked-at-s", "updates.tried-at-s", "updates.problem"
_FOUND, _SKIPPED = "updates.found", "updates.skipped"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateState:
    """`release` is there while it is newer than what runs. `problem` is why the last look, at
    `tried_at_s`, came to nothing; 0 is never."""

    release: Release | None = None
    is_skipped: bool = False
    is_checking: bool = False
    checked_at_s: float = 0.0
    tried_at_s: float = 0.0
    problem: str = ""


class UpdateWatch(QObject):
    """Signal: `changed`, when `state` is another."""

    changed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        memory: Memory,
        attention: Attention,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._memory = memory
        self._attention = attention
        self._clock = clock
        self._is_checking = False
        self._release = _remembered(memory.get(_FOUND, {}))
        self._tick = QTimer(self, interval=round(HOUR_S * 1000))
        self._tick.timeout.connect(self.look)

    @property
    def state(self) -> UpdateState:
        release, memory = self._release, self._memory
        return UpdateState(
            release=release,
            is_skipped=release is not None and release.version == memory.get(_SKIPPED, ""),
            is_checking=self._is_checking,
            checked_at_s=memory.get(_CHECKED, 0.0),
            tried_at_s=memory.get(_TRIED, 0.0),
            problem=memory.get(_PROBLEM, ""),
        )

    def begin(self) -> None:
        """Tell of what is known from before, and look when it is time, from now on."""
        self._tell()
        self._bridge.config_changed.connect(lambda _: self.look())
        self._tick.start()
        self.look()

    def end(self) -> None:
        self._tick.stop()

    def look(self) -> None:
        """Look if it is time."""
        desktop, state = self._bridge.config.desktop, self.state
        is_wanted = self._tick.isActive() and is_due(
            desktop.updates,
            now_s=self._clock(),
            first_start_s=self._memory.get(INSTALLED, self._clock()),
            checked_at_s=state.checked_at_s,
            tried_at_s=state.tried_at_s,
            is_unattended=bool(os.environ.get("CI")) or self._bridge.config.non_interactive,
        )
        if is_wanted:
            self._bridge.do(self.check(), self.tr("Looking for a new version"))

    async def check(self) -> None:
        """Look now, whatever time it is. What fails is in the state."""
        if self._is_checking:
            return
        self._is_checking = True
        self._memory.set(_TRIED, self._clock())
        self.changed.emit()
        try:
            found = await latest_release(self._bridge.config)
        except UpdateError as exc:
            log.info("looking for a new version: %s", exc)
            self._memory.set(_PROBLEM, as_sentences(exc))
        else:
            self._memory.set(_PROBLEM, "")
            self._memory.set(_CHECKED, self._clock())
            self._use(found)
        finally:
            self._is_checking = False
            self.changed.emit()

    def skip(self) -> None:
        """Say nothing more of the version that was found."""
        if self._release:
            self._memory.set(_SKIPPED, self._release.version)
            self._forget(self._release)
            self.changed.emit()

    def note_problem(self, problem: str) -> None:
        """For the next life of the app, where the last look is told."""
        self._memory.set(_TRIED, self._clock())
        self._memory.set(_PROBLEM, problem)

    def _use(self, found: Release) -> None:
        before, self._release = self._release, _newer(found)
        self._memory.set(_FOUND, asdict(found) if self._release else {})
        if before and before != self._release:
            self._forget(before)
        self._tell()

    def _tell(self) -> None:
        if self._release and not self.state.is_skipped:
            self._attention.note(UpdateReady(self._release.version))

    def _forget(self, release: Release) -> None:
        self._attention.dismiss(f"{Kind.UPDATE_READY.value}:{release.version}")


def _newer(release: Release) -> Release | None:
    return release if is_newer(release.version, __version__) else None


def _remembered(found: dict[str, Any]) -> Release | None:
    """What an earlier life of the app found, unless that is installed by now."""
    try:
        assets = tuple(Asset(**asset) for asset in found.get("assets", ()))
        return _newer(Release(**{**found, "assets": assets})) if found else None
    except (TypeError, AttributeError):
        return None
