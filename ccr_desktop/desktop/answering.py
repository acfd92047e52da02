"""What the buttons of notices do, on the desktop and in the list of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.setup.edits import with_paused, with_route
from ccr_desktop.desktop.notice import Do, Kind
from ccr_desktop.desktop.notice_blame import first_away
from ccr_desktop.desktop.state import told_route
from ccr_desktop.desktop.work_words import work_words

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.observe.events import ExchangeEnded
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
            case Do.KEEP_USING if is_choice(self._bridge.config, notice.work, notice.route):
                self._keep_using(notice.work, notice.route)
            case Do.CHECK if notice.kind is Kind.NO_MODEL_LEFT:
                return self._show(f"providers/{notice.subject}")
            case _:
                return self._show(_page_of(notice))
        return False

    def _show(self, page: str) -> bool:
        self._bridge.page_wanted.emit(page)
        return True

    def _keep_using(self, work: str, backup: str) -> None:
        """Make the backup the first choice; what was that comes after it."""
        config = self._bridge.config
        routes = [str(route) for route in config.router.routes.get(work, ())]
        order = [backup, *(route for route in routes if route != backup)]
        model = told_route(backup, self._bridge.overview.shared_models)
        words = (
            _tr("Main model: {model}").format(model=model)
            if work == "default"
            else _tr("{work}: {model}").format(work=work_words(work), model=model)
        )
        self._bridge.edit(lambda raw: with_route(raw, work, order, config.route_set), words)

    def _bring_back(self, provider: str) -> None:
        """Failures paused it, or the person."""
        known = self._bridge.config.providers.get(provider)
        if known is None or not known.paused:
            self._bridge.end_rest(provider)
            return
        words = _tr("{provider} is used again").format(provider=provider)
        self._bridge.edit(lambda raw: with_paused(raw, provider, paused=False), words)


def can_keep(config: Config, event: ExchangeEnded) -> bool:
    """Whether it was the list of that work, and not a rule or another's, that moved on."""
    first = first_away(event)
    chosen = str(config.router.route(event.scenario) or "")
    is_first = first is not None and first.route == chosen
    return is_first and is_choice(config, event.scenario, event.route)


def is_choice(config: Config, work: str, route: str) -> bool:
    """Whether *route* is one of those that the settings have for that work."""
    router = config.router
    known = (*router.routes.get(work, ()), *router.fallbacks.get(work, ()))
    return bool(router.routes.get(work)) and route in map(str, known)


def _page_of(notice: Notice) -> str:
    if notice.kind in _OF_PROVIDERS:
        return f"providers/{notice.subject}"
    page = _PAGES.get(notice.kind, "home")
    return f"{page}/{notice.request}" if page == "activity" and notice.request else page


def _tr(text: str) -> str:
    return QCoreApplication.translate("Answering", text)
