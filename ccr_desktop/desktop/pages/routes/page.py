"""The view of Routes: the route set, the kinds of work, the helper agents, and "Try it".

Further views stand beside it (`tabs.py`).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ccr_desktop.desktop.carrying import Draft
from ccr_desktop.desktop.pages.routes.agents_card import AgentsCard
from ccr_desktop.desktop.pages.routes.code_note import CodeNote
from ccr_desktop.desktop.pages.routes.favourites_card import FavouritesCard
from ccr_desktop.desktop.pages.routes.kinds_card import KindsCard
from ccr_desktop.desktop.pages.routes.sets_bar import SetsBar
from ccr_desktop.desktop.pages.routes.tabs import RULES, WORK, Tabs, tabs
from ccr_desktop.desktop.pages.routes.try_it import TryIt
from ccr_desktop.desktop.setting_places import ALL_PLACES
from ccr_desktop.desktop.tokens import XL, M, S
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.column import put_in_the_middle
from ccr_desktop.desktop.widgets.empty_state import EmptyState
from ccr_desktop.desktop.widgets.labels import HelpText, PageTitle
from ccr_desktop.desktop.widgets.page_scroll import PageScroll
from ccr_desktop.desktop.widgets.showing import set_shown

if TYPE_CHECKING:
    from ccr_desktop.core.routing.decision import Decision
    from ccr_desktop.desktop.pages.routes.records import Routes
    from ccr_desktop.errors import CcrError

_ANY = QSizePolicy.Policy.Expanding
_TABS_BESIDE = 420  # wider tabs, as longer words make them, stand below the title
_LOW = 560
_OF_TRIAL, _MOST_OF_TRIAL = 0.4, 420  # of the height, while "Try it" is open
_WHATEVER = (1 << 24) - 1  # QWIDGETSIZE_MAX


class RoutesPage(QWidget):
    """`show_routes` is all that it is told of the configuration."""

    providers_wanted = Signal()
    plugins_wanted = Signal()
    mend_all_wanted = Signal()
    trial_changed = Signal(object)
    set_shown = Signal(str)
    """Another route set is shown; the name of `Router` itself is empty."""
    rule_wanted = Signal(str)
    """A rule is to be made from a past request."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("routes")
        self._scroll = PageScroll(top=S)
        self._notices = QVBoxLayout()
        self.sets = SetsBar()
        self.kinds = KindsCard(self._scroll.rest)
        self.agents = AgentsCard(self._scroll.rest)
        self.favourites = FavouritesCard()
        self.try_it = TryIt()
        self.shown_set = ""
        self.trial: Decision | CcrError | None = None
        self._has_providers = False
        self._whole = QVBoxLayout(self)
        self.tabs = Tabs(tabs(), self._scroll, self)
        self._lay_out()
        self.try_it.opened_changed.connect(self._share)
        self.tabs.of_set_changed.connect(self._show_around)
        self.tabs.row.changed.connect(self._make_way)
        Draft(self, "routes", self._place, self._go_to)

    # -- seldom shown, and so made when they are wanted ------------------------------------

    @cached_property
    def trouble(self) -> Banner:
        banner = Banner("warn")
        banner.activated.connect(self.mend_all_wanted)
        self._notices.insertWidget(0, banner)
        return banner

    @cached_property
    def empty(self) -> EmptyState:
        empty = EmptyState(
            self.tr("Add a provider first. Then choose which model does which work."),
            self.tr("Add provider"),
            "route",
        )
        empty.activated.connect(self.providers_wanted)
        self._notices.addWidget(empty)
        return empty

    @cached_property
    def code_first(self) -> Banner:
        banner = CodeNote()
        banner.activated.connect(self.plugins_wanted)
        self._notices.insertWidget(1 if "trouble" in vars(self) else 0, banner)
        return banner

    @cached_property
    def rules_first(self) -> Banner:
        banner = Banner("info")
        banner.activated.connect(lambda: self.tabs.row.set_current(RULES))
        self._notices.addWidget(banner)
        return banner

    # -- what is shown ---------------------------------------------------------------------

    def show_routes(self, shown: Routes) -> None:
        self._note_set(shown.route_set)
        if self._is_wanted("trouble", bool(shown.trouble)):
            mend = self.tr("Remove missing models") if shown.missing else ""
            self.trouble.show_notice("warn", shown.trouble, mend)
        self._is_wanted("code_first", shown.asks_own_code)
        if self._is_wanted("rules_first", bool(shown.rules)):
            self.rules_first.show_notice("info", shown.rules, self.tr("Show rules"))
        self._is_wanted("empty", not shown.has_providers)
        for part in (self.kinds, self.agents, self.favourites):
            set_shown(part, shown.has_providers)
        self._has_providers = shown.has_providers
        self._show_around()
        if shown.has_providers:
            self.sets.show_routes(shown)
            self.kinds.show_routes(shown)
            self.agents.show_routes(shown)
            self.favourites.show_routes(shown)
            names = [row.title for row in shown.agents]
            self.try_it.show_choices(shown.choices, names)

    def _is_wanted(self, name: str, wanted: bool) -> bool:
        """Have a part shown or hidden, which is made when it is shown for the first time."""
        if wanted or name in vars(self):
            part: QWidget = getattr(self, name)
            set_shown(part, wanted)
        return wanted

    def show_detail(self, detail: str) -> None:
        """`rules`, or any view by its key; `try:ID` and `rule:ID` begin with a past request.

        `try` alone opens "Try it" as it was left.
        """
        kind, _, request_id = detail.partition(":")
        if kind == "try":
            self.tabs.row.set_current(WORK)
            self.try_it.set_opened(True)
            if request_id:
                self.try_it.form.past_picked.emit(request_id)
            else:
                self.try_it.form.text.setFocus()
        elif kind == "rule":
            self.tabs.row.set_current(RULES)
            self.rule_wanted.emit(request_id)
        elif self.tabs.has(detail):
            self.tabs.row.set_current(detail)

    def note_trial(self, answer: Decision | CcrError | None) -> None:
        """What came of the request in "Try it"; None: nothing is asked there."""
        self.trial = answer
        self.trial_changed.emit(answer)

    def show_setting(self, key: str) -> None:
        """Open the view that a setting is changed in."""
        self.show_detail(ALL_PLACES[key].section or WORK)

    def _place(self) -> tuple[str, bool]:
        return self.tabs.row.current(), self.try_it.is_opened()

    def _go_to(self, place: object) -> None:
        match place:
            case (str(tab), bool(is_trying)):
                self.tabs.row.set_current(tab)
                self.try_it.set_opened(is_trying)

    def _note_set(self, name: str) -> None:
        if name != self.shown_set:
            self.shown_set = name
            self.set_shown.emit(name)

    def _show_around(self) -> None:
        """What stands above and below the views, where it concerns the one that is shown."""
        set_shown(self.sets, self._has_providers and self.tabs.is_of_set())
        set_shown(self.try_it, self._has_providers)
        self._give_room()

    def _lay_out(self) -> None:
        self._scroll.add(
            HelpText(
                self.tr(
                    "Which model does which work. A change counts from the next request on,"
                    " and can be undone."
                )
            )
        )
        self._notices.setSpacing(self._scroll.column.spacing())
        self._scroll.add(self._notices)
        self._scroll.add(self.kinds)
        self._scroll.add(self.agents)
        self._scroll.add(self.favourites)
        self.tabs.stack.setSizePolicy(_ANY, QSizePolicy.Policy.Ignored)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addLayout(self._head())
        self._whole.addWidget(self.tabs.stack, 1)
        self._whole.addWidget(self.try_it)

    def _head(self) -> QHBoxLayout:
        """What stands above all views, as wide as their column."""
        held = QWidget()
        line = QHBoxLayout()
        if self.tabs.row.sizeHint().width() > _TABS_BESIDE:
            line.setDirection(QHBoxLayout.Direction.TopToBottom)
        line.setSpacing(S)
        line.addWidget(PageTitle(self.tr("Routes")), 1)
        line.addWidget(self.tabs.row)
        column = QVBoxLayout(held)
        column.setContentsMargins(XL, 0, XL, S)
        column.setSpacing(M)
        column.addLayout(line)
        column.addWidget(self.sets)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        put_in_the_middle(head, held, margins=2 * XL)
        return head

    def _share(self, opened: bool) -> None:
        high = QSizePolicy.Policy.Ignored if opened else QSizePolicy.Policy.Fixed
        self.try_it.setSizePolicy(_ANY, high)
        self._whole.setStretchFactor(self.try_it, 1 if opened else 0)
        self._give_room()

    def _is_too_low(self) -> bool:
        """For a view and an open "Try it", which would leave a few lines of each."""
        return self.height() < _LOW

    def _give_room(self) -> None:
        """Open, "Try it" has the same room on each view; all of it in a low window."""
        is_opened = self.try_it.is_opened() and not self.try_it.isHidden()
        is_alone = is_opened and self._is_too_low()
        high = min(round(self.height() * _OF_TRIAL), _MOST_OF_TRIAL)
        is_shared = is_opened and not is_alone
        self.try_it.setMinimumHeight(high if is_shared else 0)
        self.try_it.setMaximumHeight(high if is_shared else _WHATEVER)
        set_shown(self.tabs.stack, not is_alone)

    def _make_way(self, _: str) -> None:
        """A view that was chosen is to be seen."""
        if self._is_too_low():
            self.try_it.set_opened(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()
