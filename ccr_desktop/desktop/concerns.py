"""The one list of what needs attention: Home shows it, the tray and the status strip count it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from ccr_desktop.desktop.attention_lines import attention_lines, of_muting, without_ignored
from ccr_desktop.desktop.ways_out import status_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance

    from ccr_desktop.desktop.attention_lines import AttentionLine
    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.desktop.memory import Memory
    from ccr_desktop.desktop.notice import Kept

_WEEK_S = 7 * 86400.0
_IGNORED = "home.ignored"
_A_MINUTE_MS = 60_000


class KeptNotices(Protocol):
    """What is needed of those who keep notices."""

    @property
    def changed(self) -> SignalInstance: ...
    @property
    def muting_changed(self) -> SignalInstance: ...
    @property
    def muted_until_s(self) -> float | None: ...
    def unmute(self) -> None: ...
    def kept(self) -> tuple[Kept, ...]: ...
    def ignore_for_a_week(self, key: str) -> None: ...


class Concerns(QObject):
    """`changed`: what is ignored, muted or kept is another. What the bridge tells of the service,
    the settings and the keys counts as well.
    """

    changed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        notices: KeptNotices,
        memory: Memory,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._notices = notices
        self._memory = memory
        self._clock = clock
        bridge.count_attention = self.count
        notices.changed.connect(self._tell)
        notices.muting_changed.connect(self._tell)
        # What was ignored comes back by itself.
        timer = QTimer(self, interval=_A_MINUTE_MS, timerType=Qt.TimerType.VeryCoarseTimer)
        timer.timeout.connect(bridge.refresh)
        timer.start()

    def lines(self) -> tuple[AttentionLine, ...]:
        """What needs attention, the most urgent first, and then hints."""
        bridge = self._bridge
        problem = bridge.store.keys_problem
        lines = attention_lines(
            bridge.supervisor.state,
            bridge.config,
            bridge.issues,
            bridge.health,
            self._notices.kept(),
            refusal=status_of(bridge.store.secrets, problem) if problem else None,
        )
        ignored = self._memory.get(_IGNORED, {})
        lasting = without_ignored(lines, ignored, self._clock())
        return (*lasting, *of_muting(self._notices.muted_until_s))

    def count(self) -> int:
        """How many need attention; hints do not."""
        return sum(not line.is_hint for line in self.lines())

    def unmute(self) -> None:
        self._notices.unmute()

    def ignore_for_a_week(self, key: str) -> None:
        kind, _, name = key.partition(":")
        if kind == "notice":
            self._notices.ignore_for_a_week(name)
        else:
            self._remember_to_ignore(key)
        self._tell()

    def _remember_to_ignore(self, key: str) -> None:
        now_s = self._clock()
        known = self._memory.get(_IGNORED, {})
        lasting = {name: until_s for name, until_s in known.items() if until_s > now_s}
        self._memory.set(_IGNORED, {**lasting, key: now_s + _WEEK_S})

    def _tell(self) -> None:
        self._bridge.refresh()
        self.changed.emit()
