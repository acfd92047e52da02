"""The settings inside of `Desktop`: how the desktop app looks and behaves."""

from __future__ import annotations

from ccr_desktop.core.config.schema import NOTIFICATIONS, DesktopSettings
from ccr_desktop.core.config.setting import Kind, Setting, setting

_USUAL = DesktopSettings()
_TOLD = {
    "movedToBackup": "A backup model took over.",
    "backToNormal": "The first choice works again.",
    "providerPaused": "A provider is left alone after repeated errors.",
    "noModelLeft": "A request failed after all tries.",
    "keyProblem": "A key is not accepted.",
    "balanceLow": "A balance or a plan runs low.",
    "budget": "A budget is nearly used, or used up.",
    "serviceStopped": "The router stopped by itself.",
    "agentUpdated": "Claude Code was updated to a version with known problems.",
    "updateReady": "A new version of this program is there.",
    "routeUsed": "Each request with the model that answered.",
}
_UNHEARD_OF = frozenset({"balanceLow", "budget", "agentUpdated"})
"""Kinds that nothing tells of so far."""


def _notification(kind: str) -> Setting:
    return setting(
        f"Desktop.notifications.{kind}",
        Kind.FLAG,
        _TOLD[kind],
        default=NOTIFICATIONS[kind],
        example="false" if NOTIFICATIONS[kind] else "true",
        is_idle=kind in _UNHEARD_OF,
    )


DESKTOP = (
    setting(
        "Desktop.theme",
        Kind.TEXT,
        "Colours; `system` follows the desktop.",
        default=_USUAL.theme,
        choices=("system", "light", "dark"),
        example='"dark"',
    ),
    setting(
        "Desktop.language",
        Kind.TEXT,
        "Language; `system` follows the desktop.",
        default=_USUAL.language,
        choices=("system", "en", "zh_CN"),
        example='"en"',
    ),
    setting(
        "Desktop.startHidden",
        Kind.FLAG,
        "Start without a window, in the tray alone.",
        default=_USUAL.start_hidden,
        example="true",
    ),
    setting(
        "Desktop.onClose",
        Kind.TEXT,
        "What closing the window does: `background` lets the router run on.",
        default=_USUAL.on_close,
        choices=("ask", "background", "quit"),
        example='"background"',
    ),
    setting(
        "Desktop.terminal",
        Kind.TEXT,
        "Terminal in which Claude Code starts; empty: the first that is found.",
        default=_USUAL.terminal,
        example='"kitty"',
    ),
    setting(
        "Desktop.notifications",
        Kind.OBJECT,
        "Which kinds of notifications are shown.",
        default={},
        example='{"backToNormal": true}',
    ),
    *map(_notification, NOTIFICATIONS),
    setting(
        "Desktop.quietHours",
        Kind.SPAN,
        "No notifications in this span of the day; they are listed all the same.",
        default=_USUAL.quiet_hours,
        example='"22:00-08:00"',
    ),
    setting(
        "Desktop.serviceThread",
        Kind.FLAG,
        "Run the router in a thread of its own, beside the window's.",
        default=_USUAL.service_thread,
        example="true",
    ),
    setting(
        "Desktop.updates",
        Kind.TEXT,
        "How often the app looks for a new version; never on its first day.",
        default=_USUAL.updates,
        choices=("off", "weekly", "daily"),
        example='"off"',
    ),
    setting(
        "Desktop.updateSource",
        Kind.ADDRESS,
        "Where it looks: an address that answers as GitHub's `releases/latest` does.",
        default=_USUAL.update_source,
        example='"https://updates.example.com/ccr-desktop/latest.json"',
    ),
    setting(
        "Desktop.favourites",
        Kind.LIST,
        "Routes that the tray offers as main model.",
        default=[],
        example='["deepseek,deepseek-v4-pro"]',
    ),
)
