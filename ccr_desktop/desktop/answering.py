"""What the buttons of notices do, on the desktop and in the list of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.setup.edits import with_paused, with_route
from ccr_desktop.desktop.notice import Do, Kind
from ccr_desktop.desktop.state import model_of

if TYPE_CHECKING:
    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.desktop.notice import Notice
    from ccr_desktop.desktop.notices import Notices

_PAGES = {
    Kind.MOVED_TO_BACKUP: "activity",
    Kind.BACK_TO_NORMAL: "activity",
    Kind.NO_MODEL_LEFT: "activity",
    Kind.ROUTE_USED: "activity",
    Kind.LAUNCH_FAILED: "launch",
    Kind.NOTICES_BLOCKED: "settings/notifications",
}
_OF_PROVIDERS = frozenset({Kind.PROVIDER_PAUSED, Kind.KEY_PROBLEM, Kind.BALANCE_LOW})
"""Their subject is the provider that they are about."""


class Answering:
    def __init__(self, bridge: Bridge, notices: Notices) -> None:
        self._bridge = bridge
        self._notices = notices

    def act(self, notice: Notice, do: Do) -> bool:
        """Do it; whether it brought up a page that the person wants to see now."""
        match do:
            case Do.MUTE:
                self._notices.mute()
            case Do.RESTART:
                self._bridge.restart()
            case Do.TRY_AGAIN:
                self._bring_back(notice.subject)
            case Do.SEE_CHANGES | Do.OPEN if notice.kind is Kind.UPDATE_READY:
                self._bridge.update_wanted.emit()
                return True
            case Do.KEEP_USING if self._bridge.overview.is_on_backup:
                self._keep_using(self._bridge.overview.main_in_use)
            case Do.CHECK if notice.kind is Kind.NO_MODEL_LEFT:
                return self._show(f"providers/{notice.subject}")
            case _:
                return self._show(_page_of(notice))
        return False

    def _show(self, page: str) -> bool:
        self._bridge.page_wanted.emit(page)
        return True

    def _keep_using(self, backup: str) -> None:
        """Make the backup the first choice; what was that comes after it."""
        config = self._bridge.config
        routes = [str(route) for route in config.router.routes.get("default", ())]
        order = [backup, *(route for route in routes if route != backup)]
        words = _tr("Main model: {model}").format(model=model_of(backup))
        self._bridge.edit(lambda raw: with_route(raw, "default", order, config.route_set), words)

    def _bring_back(self, provider: str) -> None:
        """Failures paused it, or the person."""
        known = self._bridge.config.providers.get(provider)
        if known is None or not known.paused:
            self._bridge.end_rest(provider)
            return
        words = _tr("{provider} is used again").format(provider=provider)
        self._bridge.edit(lambda raw: with_paused(raw, provider, paused=False), words)


def _page_of(notice: Notice) -> str:
    if notice.kind in _OF_PROVIDERS:
        return f"providers/{notice.subject}"
    return _PAGES.get(notice.kind, "home")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Answering", text)
