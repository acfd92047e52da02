"""Everything that presenters of pages may use, in one record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccr_desktop.core.secrets.worker import StoreWorker
    from ccr_desktop.desktop.attention import Attention
    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.desktop.concerns import Concerns
    from ccr_desktop.desktop.crash import CrashReports
    from ccr_desktop.desktop.launching import Launching
    from ccr_desktop.desktop.memory import Memory
    from ccr_desktop.desktop.panel import Panel
    from ccr_desktop.desktop.updating.watch import UpdateWatch


@dataclass(frozen=True, slots=True)
class Desk:
    """The tools of the app. There is one, made at the start and handed to every page."""

    bridge: Bridge
    memory: Memory
    secrets: StoreWorker
    launching: Launching
    attention: Attention
    concerns: Concerns
    crash_reports: CrashReports
    panel: Panel
    updates: UpdateWatch
