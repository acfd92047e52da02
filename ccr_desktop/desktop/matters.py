"""From what happens to what concerns a person, and to what is over with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial, singledispatchmethod
from typing import TYPE_CHECKING

from ccr_desktop.core.observe.events import ExchangeEnded, ProviderPaused, ProviderResumed
from ccr_desktop.desktop.happenings import (
    AgentUpdated,
    BalanceSeen,
    BudgetSeen,
    KeyChanged,
    LaunchFailed,
    LaunchWorked,
    NoticesBlocked,
    NoticesShown,
    ProviderGone,
    ServiceRuns,
    ServiceStopped,
    UpdateReady,
)
from ccr_desktop.desktop.notice import Kind
from ccr_desktop.desktop.notice_blame import blamed_for, failures_of, first_away

if TYPE_CHECKING:
    from ccr_desktop.desktop.happenings import Happening
    from ccr_desktop.desktop.notice_words import NoticeWords, Text

_OF_THE_KEY = frozenset({401, 403})
_FAILED = frozenset({402, 404, 408, 409, 425, 429})  # others below 500 are the client's mistakes
_OF_A_PROVIDER = (
    Kind.KEY_PROBLEM,
    Kind.MOVED_TO_BACKUP,
    Kind.NO_MODEL_LEFT,
    Kind.PROVIDER_PAUSED,
)
_BALANCE_LEVELS = (5, 20)
_BUDGET_LEVELS = (100, 80, 50)
_BACK_AFTER_S = 300.0


@dataclass(frozen=True, slots=True)
class Matter:
    """`key` is the same for what is the same matter; `subject` is who or what it is about."""

    kind: Kind
    subject: str
    say: Callable[[], Text]
    detail: str = ""
    event: ExchangeEnded | None = None

    @property
    def text(self) -> Text:
        """Its words in the language in force."""
        return self.say()

    @property
    def key(self) -> str:
        return key_of(self.kind, self.subject, self.detail)


@dataclass(slots=True)
class Found:
    """What is `past` is no trouble now, but not told anew if it comes again, as what is `over`."""

    matters: list[Matter] = field(default_factory=list)
    over: list[str] = field(default_factory=list)
    past: list[str] = field(default_factory=list)


class Matters:
    """Remembers which routes are being served by backups, and since when.

    *has_one_key* says of a provider whether an answer means that its key is accepted.
    """

    def __init__(
        self, words: NoticeWords, has_one_key: Callable[[str], bool] = lambda _provider: True
    ) -> None:
        self._words = words
        self._has_one_key = has_one_key
        self._away_since_s: dict[str, float] = {}

    def of(self, happening: Happening, now_s: float) -> Found:
        found = Found()
        self._read(happening, found, now_s)
        return found

    @singledispatchmethod
    def _read(self, happening: Happening, found: Found, now_s: float) -> None:
        """Concerns nobody."""

    @_read.register
    def _(self, event: ExchangeEnded, found: Found, now_s: float) -> None:
        found.matters.extend(self._key_problems(event))
        if event.status < 400:
            self._served(event, found, now_s)
        elif _is_waiting(event):
            return  # for a key: the window tells of that
        elif event.route and _is_failure(event):
            text = partial(self._words.no_model, event, 1)
            blamed = blamed_for(event)
            subject = _provider(blamed.route if blamed else event.route)
            found.matters.append(Matter(Kind.NO_MODEL_LEFT, subject, text, event=event))

    def _key_problems(self, event: ExchangeEnded) -> Iterator[Matter]:
        """One for each provider that refused a key or has none. What the router itself refuses,
        or a rule, is nobody's key.
        """
        refused = {
            _provider(each.route): each for each in failures_of(event) if each.status in _OF_THE_KEY
        }
        for provider, each in refused.items():
            yield Matter(Kind.KEY_PROBLEM, provider, partial(self._words.key, each))

    def _served(self, event: ExchangeEnded, found: Found, now_s: float) -> None:
        text = partial(self._words.routes, {event.route: 1})
        found.matters.append(Matter(Kind.ROUTE_USED, event.route, text, event=event))
        if self._has_one_key(_provider(event.route)):
            found.past.append(key_of(Kind.KEY_PROBLEM, _provider(event.route)))
        found.over.append(key_of(Kind.NO_MODEL_LEFT, _provider(event.route)))
        away = first_away(event)
        first = away.route if away else event.route
        found.over.append(key_of(Kind.NO_MODEL_LEFT, _provider(first)))
        if first != event.route:
            self._away_since_s.setdefault(first, now_s)
            moved = partial(self._words.moved, event)
            matter = Matter(Kind.MOVED_TO_BACKUP, _provider(first), moved, event=event)
            found.matters.append(matter)
        elif first in self._away_since_s:
            self._back(event, found, now_s)

    def _back(self, event: ExchangeEnded, found: Found, now_s: float) -> None:
        route = event.route
        was_away_s = now_s - self._away_since_s.pop(route)
        provider = _provider(route)
        if provider in map(_provider, self._away_since_s):
            return  # another of its models is still away
        found.over.append(key_of(Kind.MOVED_TO_BACKUP, provider))
        if was_away_s > _BACK_AFTER_S:
            text = partial(self._words.back, route)
            found.matters.append(Matter(Kind.BACK_TO_NORMAL, provider, text, event=event))

    @_read.register
    def _(self, event: ProviderPaused, found: Found, _now_s: float) -> None:
        text = partial(self._words.paused, event)
        found.matters.append(Matter(Kind.PROVIDER_PAUSED, event.provider, text))

    @_read.register
    def _(self, event: ProviderResumed, found: Found, _now_s: float) -> None:
        found.over.append(key_of(Kind.PROVIDER_PAUSED, event.provider))

    @_read.register
    def _(self, event: KeyChanged, found: Found, _now_s: float) -> None:
        found.over.append(key_of(Kind.KEY_PROBLEM, event.provider))

    @_read.register
    def _(self, event: ProviderGone, found: Found, _now_s: float) -> None:
        found.over.extend(key_of(kind, event.provider) for kind in _OF_A_PROVIDER)
        for route in [each for each in self._away_since_s if _provider(each) == event.provider]:
            del self._away_since_s[route]

    @_read.register
    def _(self, event: BalanceSeen, found: Found, _now_s: float) -> None:
        for level in _BALANCE_LEVELS:
            if event.left_percent < level:
                text = partial(self._words.balance, event, level)
                detail = f"{level}:{event.window}"
                found.matters.append(Matter(Kind.BALANCE_LOW, event.provider, text, detail))
                return

    @_read.register
    def _(self, event: BudgetSeen, found: Found, _now_s: float) -> None:
        used = 100 * event.spent / event.limit if event.limit > 0 else 0
        for level in _BUDGET_LEVELS:
            if used >= level:
                kind = Kind.BUDGET_HALF if level == 50 else Kind.BUDGET
                text = partial(self._words.budget, event, level)
                found.matters.append(Matter(kind, event.period, text, f"{level}:{event.since}"))
                return

    @_read.register
    def _(self, event: ServiceStopped, found: Found, _now_s: float) -> None:
        found.matters.append(Matter(Kind.SERVICE_STOPPED, "", partial(self._words.stopped, event)))

    @_read.register
    def _(self, _event: ServiceRuns, found: Found, _now_s: float) -> None:
        found.over.append(key_of(Kind.SERVICE_STOPPED, ""))

    @_read.register
    def _(self, _event: NoticesBlocked, found: Found, _now_s: float) -> None:
        found.matters.append(Matter(Kind.NOTICES_BLOCKED, "", self._words.blocked))

    @_read.register
    def _(self, _event: NoticesShown, found: Found, _now_s: float) -> None:
        found.over.append(key_of(Kind.NOTICES_BLOCKED, ""))

    @_read.register
    def _(self, event: AgentUpdated, found: Found, _now_s: float) -> None:
        found.matters.append(
            Matter(Kind.AGENT_UPDATED, event.version, partial(self._words.agent, event))
        )

    @_read.register
    def _(self, event: UpdateReady, found: Found, _now_s: float) -> None:
        found.matters.append(
            Matter(Kind.UPDATE_READY, event.version, partial(self._words.update, event))
        )

    @_read.register
    def _(self, event: LaunchFailed, found: Found, _now_s: float) -> None:
        found.matters.append(Matter(Kind.LAUNCH_FAILED, "", partial(self._words.launch, event)))

    @_read.register
    def _(self, _event: LaunchWorked, found: Found, _now_s: float) -> None:
        found.over.append(key_of(Kind.LAUNCH_FAILED, ""))


def _is_failure(event: ExchangeEnded) -> bool:
    """Whether somebody has to know; below 500 only what a provider said itself."""
    return event.status >= 500 or (event.status in _FAILED and bool(failures_of(event)))


def _is_waiting(event: ExchangeEnded) -> bool:
    return event.last_failure is not None and event.last_failure.is_skipped


def key_of(kind: Kind, subject: str, detail: str = "") -> str:
    return f"{kind.value}:{subject}" + (f":{detail}" if detail else "")


def _provider(route: str) -> str:
    return route.partition(",")[0]
