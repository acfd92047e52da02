"""Decides what a person is told outside of the window, and when. Pure but for the clock given.

`note` takes what happens and returns what is to be shown now; `tick` returns what had to wait.
Whatever concerns a person is in `kept`, shown or not.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ccr_desktop.core.config.spans import is_within
from ccr_desktop.desktop.matters import Matter, Matters, key_of
from ccr_desktop.desktop.notice import Action, Do, Kept, Kind, Notice, Urgency
from ccr_desktop.desktop.notice_rules import DEFAULT_SWITCHES, HOUR_S, PER_HOUR, RULES
from ccr_desktop.desktop.notice_words import NoticeWords, Text

if TYPE_CHECKING:
    from ccr_desktop.core.observe.events import ExchangeEnded
    from ccr_desktop.desktop.happenings import Happening

MOST_KEPT = 200


@dataclass(slots=True)
class _Waiting:
    """A kind that is counted, until it may be told again; by subject.

    Once there was no room for it in the hour it `is_held`, and told with the next one.
    """

    matter: Matter
    counts: dict[str, int]
    is_held: bool = False


class Notices:
    """`remembered` is what `remembered()` returned in an earlier life of the app.

    `quiet_hours` is a span of the day in which nothing is shown.

    `is_quiet` follows the system's do-not-disturb where that can be known; `switches` are the
    user's, kinds that are missing there have their default. `ignored` tells until when matters
    are neither told nor listed, by their keys; `muted_until_s` is that of an earlier life, too.
    `can_keep` says whether the backup that served a
    request can become the first choice of that work, `has_one_key` whether a provider has no pool.
    """

    def __init__(
        self,
        *,
        words: NoticeWords | None = None,
        switches: Mapping[Kind, bool] | None = None,
        quiet_hours: str = "",
        installed_at_s: float = 0.0,
        remembered: Iterable[str] = (),
        ignored: Mapping[str, float] | None = None,
        muted_until_s: float = 0.0,
        can_keep: Callable[[ExchangeEnded], bool] = lambda _event: True,
        has_one_key: Callable[[str], bool] = lambda _provider: True,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.switches = {**DEFAULT_SWITCHES, **(switches or {})}
        self.quiet_hours = quiet_hours
        self.is_quiet = False
        self._words = words or NoticeWords()
        self._matters = Matters(self._words, has_one_key)
        self._installed_at_s = installed_at_s
        self._can_keep = can_keep
        self._clock = clock
        self._seen_s = clock()
        # A clock that went wrong meanwhile mutes for no longer than a person can.
        self._muted_until_s = min(muted_until_s, clock() + HOUR_S)
        self._told = set(remembered)
        self._ignored = dict(ignored or {})
        self._shown_at_s: dict[str, float] = {}
        self._recent: deque[float] = deque()
        self._digest_at_s = -HOUR_S
        self._waiting: dict[Kind, _Waiting] = {}
        self._kept: dict[str, Kept] = {}
        self._matter_of: dict[str, Matter] = {}

    # -- what goes in, what comes out --------------------------------------------------------

    def note(self, happening: Happening, *, by_user: bool = False) -> list[Notice]:
        """What is to be shown now. *by_user*: done in the window a moment ago, so known."""
        self._follow_clock()
        found = self._matters.of(happening, self._clock())
        for key in found.over:
            self._end(key)
        for key in found.past:
            self._pass(key)
        return [*self._shown(found.matters, by_user=by_user)]

    def tick(self) -> list[Notice]:
        """What had to wait and may be told now; ask again at `next_due_s`."""
        self._follow_clock()
        now_s = self._clock()
        for kind in [kind for kind in self._waiting if not self._may_be_told(kind)]:
            del self._waiting[kind]  # the list has it
        due = [kind for kind in self._own_accord() if now_s >= self._free_at_s(kind)]
        return [*self._present(self._told_waiting(kind) for kind in due)]

    def next_due_s(self) -> float | None:
        """The time of day at which `tick` may have something."""
        return min(map(self._free_at_s, self._own_accord()), default=None)

    def mute(self, for_s: float = HOUR_S) -> None:
        """Nothing but what is urgent is shown for so long; the list goes on."""
        self._muted_until_s = self._clock() + for_s

    def unmute(self) -> None:
        self._muted_until_s = 0.0

    @property
    def muted_until_s(self) -> float | None:
        """A time of day in seconds since 1970; None while it is not muted."""
        return self._muted_until_s if self._clock() < self._muted_until_s else None

    def kept(self) -> tuple[Kept, ...]:
        """What needs attention, newest first."""
        listed = (kept for kept in self._kept.values() if not self._is_ignored(kept.key))
        return tuple(sorted(listed, key=lambda kept: kept.at_s, reverse=True))

    def is_past(self, notice: Notice) -> bool:
        """Whether it tells of a state that is over, or that a person has seen in the list."""
        if not RULES[notice.kind].is_state:
            return False
        kept = self._kept.get(key_of(notice.kind, notice.subject))
        return kept is None or kept.is_over

    def reword(self) -> None:
        """Say all of it in the language that is now in force."""
        for key, matter in self._matter_of.items():
            self._kept[key] = replace(self._kept[key], notice=self._notice_of(matter))

    def dismiss(self, key: str) -> None:
        """A person has seen it."""
        self._kept.pop(key, None)
        self._matter_of.pop(key, None)

    def ignore(self, key: str, for_s: float) -> None:
        """Neither tell nor list it for so long."""
        self._ignored[key] = self._clock() + for_s

    def ignored(self) -> dict[str, float]:
        """What is ignored, and until when: keep it."""
        now_s = self._clock()
        return {key: until_s for key, until_s in self._ignored.items() if until_s > now_s}

    def remembered(self) -> tuple[str, ...]:
        """What must not be told again after a restart of the app: keep it."""
        lasting = tuple(kind.value for kind, rule in RULES.items() if rule.is_lasting)
        return tuple(sorted(key for key in self._told if key.startswith(lasting)))

    def _follow_clock(self) -> None:
        """A clock that was set back, as after a start with a wrong one, holds nothing back."""
        now_s = self._clock()
        back_s = max(0.0, self._seen_s - now_s)
        self._seen_s = now_s
        if not back_s:
            return
        self._installed_at_s -= back_s
        self._muted_until_s -= back_s
        self._digest_at_s -= back_s
        self._shown_at_s = {key: at_s - back_s for key, at_s in self._shown_at_s.items()}
        self._recent = deque(at_s - back_s for at_s in self._recent)
        self._ignored = {key: until_s - back_s for key, until_s in self._ignored.items()}

    # -- from matters to notices -------------------------------------------------------------

    def _shown(self, matters: Iterable[Matter], *, by_user: bool) -> Iterator[Notice]:
        for matter in matters:
            self._keep(matter)
            if self._is_ignored(matter.key):
                continue
            if by_user:
                self._know(matter)
            elif self._may_be_told(matter.kind) and matter.key not in self._told:
                yield from self._in_time(matter)

    def _may_be_told(self, kind: Kind) -> bool:
        now_s = self._clock()
        is_new_here = now_s - self._installed_at_s < RULES[kind].quiet_s
        is_urgent = RULES[kind].urgency is Urgency.HIGH
        is_muted = self.muted_until_s is not None and not is_urgent
        is_held_back = is_new_here or is_muted or self.is_quiet or self._is_quiet_hour(now_s)
        return self.switches[kind] and not is_held_back

    def _is_quiet_hour(self, now_s: float) -> bool:
        here = time.localtime(now_s)
        return bool(self.quiet_hours) and is_within(
            here.tm_hour * 60 + here.tm_min, self.quiet_hours
        )

    def _is_ignored(self, key: str) -> bool:
        return self._clock() < self._ignored.get(key, 0.0)

    def _in_time(self, matter: Matter) -> Iterator[Notice]:
        rule = RULES[matter.kind]
        if rule.is_counted:
            waiting = self._waiting.setdefault(matter.kind, _Waiting(matter, {}))
            waiting.matter, waiting.is_held = matter, False
            waiting.counts[matter.subject] = waiting.counts.get(matter.subject, 0) + 1
            yield from self.tick()
        elif self._clock() - self._shown_at_s.get(matter.key, -rule.apart_s) >= rule.apart_s:
            yield from self._present([(matter, matter.text)])

    def _own_accord(self) -> list[Kind]:
        """What waits for nothing but its time."""
        return [kind for kind, waiting in self._waiting.items() if not waiting.is_held]

    def _told_waiting(self, kind: Kind) -> tuple[Matter, Text]:
        waiting = self._waiting[kind]
        return waiting.matter, self._counted(waiting)

    def _counted(self, waiting: _Waiting) -> Text:
        if waiting.matter.event and waiting.matter.kind is Kind.NO_MODEL_LEFT:
            return self._words.no_model(waiting.matter.event, sum(waiting.counts.values()))
        return self._words.routes(waiting.counts)

    def _know(self, matter: Matter) -> None:
        if RULES[matter.kind].once:
            self._told.add(matter.key)

    def _free_at_s(self, kind: Kind) -> float:
        """When a counted kind may be told again."""
        return self._shown_at_s.get(kind.value, -RULES[kind].apart_s) + RULES[kind].apart_s

    def _present(self, told: Iterable[tuple[Matter, Text]]) -> Iterator[Notice]:
        """Within the limit for an hour; the first one beyond it says that there is more."""
        for matter, text in [*told]:
            rule, now_s = RULES[matter.kind], self._clock()
            if rule.is_limited and not self._has_room(now_s):
                self._hold(matter.kind)
                yield from self._digest(now_s)
                continue
            self._waiting.pop(matter.kind, None)
            if rule.is_limited:
                self._recent.append(now_s)
            self._know(matter)
            self._shown_at_s[matter.kind.value if rule.is_counted else matter.key] = now_s
            if kept := self._kept.get(matter.key):
                self._kept[matter.key] = replace(kept, was_shown=True)
            yield self._notice(matter.kind, text, matter)

    def _hold(self, kind: Kind) -> None:
        if waiting := self._waiting.get(kind):
            waiting.is_held = True

    def _let_go(self, key: str) -> None:
        """What was held of a subject that is well again."""
        held = [(kind, each) for kind, each in self._waiting.items() if each.is_held]
        for kind, waiting in held:
            waiting.counts = {
                subject: count
                for subject, count in waiting.counts.items()
                if key_of(kind, subject) != key
            }

    def _has_room(self, now_s: float) -> bool:
        while self._recent and now_s - self._recent[0] >= HOUR_S:
            self._recent.popleft()
        return len(self._recent) < PER_HOUR

    def _digest(self, now_s: float) -> Iterator[Notice]:
        if now_s - self._digest_at_s >= HOUR_S:
            self._digest_at_s = now_s
            yield self._notice(Kind.DIGEST, self._words.digest())

    def _notice_of(self, matter: Matter) -> Notice:
        return self._notice(matter.kind, matter.text, matter)

    def _notice(self, kind: Kind, text: Text, matter: Matter | None = None) -> Notice:
        rule, event = RULES[kind], matter.event if matter else None
        return Notice(
            kind=kind,
            title=text.title,
            body=text.body,
            actions=tuple(Action(do, self._label(kind, do)) for do in self._offered(kind, event)),
            urgency=rule.urgency,
            replaces=kind.value,
            subject=matter.subject if matter else "",
            work=event.scenario if event else "",
            route=event.route if event else "",
            request=event.request_id if event else "",
        )

    def _offered(self, kind: Kind, event: ExchangeEnded | None) -> tuple[Do, ...]:
        all_of_it = RULES[kind].actions
        if event is not None and self._can_keep(event):
            return all_of_it
        return tuple(do for do in all_of_it if do is not Do.KEEP_USING)

    def _label(self, kind: Kind, do: Do) -> str:
        is_why = kind is Kind.MOVED_TO_BACKUP
        return self._words.show() if do is Do.SHOW and not is_why else self._words.label(do)

    # -- the list ----------------------------------------------------------------------------

    def _keep(self, matter: Matter) -> None:
        if not RULES[matter.kind].is_listed:
            return
        earlier = self._kept.get(matter.key)
        self._matter_of[matter.key] = matter
        self._kept[matter.key] = Kept(
            key=matter.key,
            notice=self._notice_of(matter),
            at_s=self._clock(),
            count=earlier.count + 1 if earlier else 1,
            was_shown=earlier.was_shown if earlier else False,
            is_over=matter.kind is Kind.BACK_TO_NORMAL,  # news that asks for nothing
        )
        while len(self._kept) > MOST_KEPT:
            self.dismiss(min(self._kept, key=lambda key: self._kept[key].at_s))

    def _end(self, key: str) -> None:
        """It is over: told anew if it comes again, and no longer a trouble in the list."""
        self._told.discard(key)
        self._let_go(key)
        self._pass(key)

    def _pass(self, key: str) -> None:
        if kept := self._kept.get(key):
            self._kept[key] = replace(kept, is_over=True)
