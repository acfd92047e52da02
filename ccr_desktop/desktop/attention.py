"""What needs a person's attention: heard from the service, told by notices, kept in a list.

What is told and how often is decided by `Notices`; here it is connected with the app.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from ccr_desktop.core.config.renewed import renewed_providers
from ccr_desktop.core.observe.events import Event, ExchangeEnded
from ccr_desktop.core.setup.templates import find_template
from ccr_desktop.desktop import language
from ccr_desktop.desktop.answering import Answering, can_keep
from ccr_desktop.desktop.core_words import in_words, title_words
from ccr_desktop.desktop.happenings import (
    Happening,
    KeyChanged,
    LaunchFailed,
    LaunchWorked,
    NoticesBlocked,
    NoticesShown,
    ProviderGone,
    ServiceRuns,
    ServiceStopped,
)
from ccr_desktop.desktop.memory import INSTALLED
from ccr_desktop.desktop.notice import Action, Do, Kind, Notice
from ccr_desktop.desktop.notice_examples import example
from ccr_desktop.desktop.notice_rules import DAY_S, RULES
from ccr_desktop.desktop.notice_words import NoticeWords
from ccr_desktop.desktop.notices import Notices
from ccr_desktop.desktop.said_before import again
from ccr_desktop.desktop.service_state import Phase, ServiceState
from ccr_desktop.desktop.state import told_route
from ccr_desktop.desktop.switches import switches_of
from ccr_desktop.desktop.system.notifier import Answer, Chosen
from ccr_desktop.errors import as_sentences, sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.desktop.launching import Launching, NotOpened
    from ccr_desktop.desktop.memory import Memory
    from ccr_desktop.desktop.notice import Kept
    from ccr_desktop.desktop.system.notifier import FirstThatWorks

_WEEK_S = 7 * DAY_S
_TELL_EVERY_MS = 200
_REMEMBERED, _IGNORED, _MUTED = "notices-told", "notices-ignored", "notices-muted-until-s"
_EXAMPLE = ("DeepSeek,deepseek-chat", "Kimi,kimi-k2")
"""For whom has no routes of their own."""


class Attention(QObject):
    """Signals: `changed`, when `kept()` is another; `muting_changed`, when `muted_until_s` is;
    `forward_wanted(token)`, when the window is to come to the front, for which Wayland wants a
    token.

    Until `begin` is called nothing is heard or shown.
    """

    changed = Signal()
    muting_changed = Signal()
    forward_wanted = Signal(str)

    def __init__(
        self, bridge: Bridge, memory: Memory, clock: Callable[[], float] = time.time
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._memory = memory
        self._clock = clock
        self._words = NoticeWords(_translated, _name_of, _in_present_words, self._model)
        self._notices = Notices(
            words=self._words,
            switches=switches_of(bridge.config.desktop.notifications),
            quiet_hours=bridge.config.desktop.quiet_hours,
            installed_at_s=self._installed_at_s(),
            remembered=memory.get(_REMEMBERED, []),
            ignored=memory.get(_IGNORED, {}),
            muted_until_s=memory.get(_MUTED, 0.0),
            can_keep=lambda event: can_keep(self._bridge.config, event),
            has_one_key=self._has_one_key,
            clock=clock,
        )
        self._answering = Answering(bridge, self._notices)
        self._notifier: FirstThatWorks | None = None
        self._is_watched: Callable[[], bool] = lambda: False
        self._config = bridge.config
        self._told: tuple[Kept, ...] = ()
        self._on_screen: dict[Kind, tuple[int, Notice]] = {}
        self._tick = QTimer(self, singleShot=True)
        self._tick.timeout.connect(self._show_waiting)
        self._mute_end = QTimer(self, singleShot=True)
        self._mute_end.timeout.connect(self._tell_muting)
        self._tell = QTimer(self, interval=_TELL_EVERY_MS, singleShot=True)
        self._tell.timeout.connect(self._tell_changes)
        language.current().changed.connect(self._reword)

    def _model(self, route: str) -> str:
        return told_route(route, self._bridge.overview.shared_models)

    def _has_one_key(self, provider: str) -> bool:
        known = self._bridge.config.providers.get(provider)
        return known is not None and not known.keys

    # -- the app's life --------------------------------------------------------------------

    def begin(self, notifier: FirstThatWorks, is_watched: Callable[[], bool]) -> None:
        """Listen, and show notices by *notifier*. *is_watched*: a person looks at the window."""
        self._notifier, self._is_watched = notifier, is_watched
        notifier.listener = self._answered
        self._bridge.happened.connect(self._heard)
        self._bridge.config_changed.connect(self._config_changed)
        self._unsubscribe = self._bridge.supervisor.subscribe(self._service_changed)
        self._bridge.do(notifier.run(), self.tr("Showing notices"))
        self._tell_muting()

    def follow(self, launching: Launching) -> None:
        """Tell of launches that came to nothing while nobody looked at the window."""
        launching.failed.connect(self._launch_failed)
        launching.opened.connect(lambda _opened: self.note(LaunchWorked()))
        launching.settled.connect(lambda: self.note(LaunchWorked()))

    def end(self) -> None:
        """Nothing is heard or shown from now on."""
        if self._notifier is None:
            return
        self._notifier = None
        self._tick.stop()
        self._tell.stop()
        self._mute_end.stop()
        self._unsubscribe()

    # -- for pages -------------------------------------------------------------------------

    @property
    def is_blocked(self) -> bool:
        """Whether the system did not show the last notice."""
        return self._notifier is not None and self._notifier.is_blocked

    def note(self, happening: Happening, *, by_user: bool = False) -> None:
        """Take in what happened. *by_user*: done in the window just now, so that it is known."""
        self._show(self._notices.note(happening, by_user=by_user))
        self._withdraw()

    def kept(self) -> tuple[Kept, ...]:
        """What was told or missed, newest first; what `is_over` has passed by itself."""
        return self._notices.kept()

    def dismiss(self, key: str) -> None:
        self._notices.dismiss(key)
        self._withdraw()
        self._tell_changes()

    def ignore_for_a_week(self, key: str) -> None:
        self._notices.ignore(key, _WEEK_S)
        self._tell_changes()

    def act(self, notice: Notice, do: Do) -> None:
        """Do what a button of *notice* says, whether on the desktop or in the window."""
        self._answering.act(notice, do)
        self._tell_muting()

    @property
    def muted_until_s(self) -> float | None:
        """Until when only what is urgent is told, as a person wished; None: all is."""
        return self._notices.muted_until_s

    def unmute(self) -> None:
        self._notices.unmute()
        self._tell_muting()

    def preview(self, kind: Kind = Kind.MOVED_TO_BACKUP) -> asyncio.Task[bool]:
        """Show an example of a kind, about the person's own models; whether the system shows it.

        Its buttons would act on what is not so: there is none but to open the window.
        """
        own = [str(route) for route in self._bridge.config.router.routes.get("default", ())]
        main, backup, *_ = [*own, *_EXAMPLE]
        text = example(kind, self._words, main, backup)
        title = self.tr("{title} (example)").format(title=text.title)
        open_it = Action(Do.OPEN, self._words.label(Do.OPEN))
        urgency = RULES[kind].urgency
        notice = Notice(
            kind=Kind.DIGEST, title=title, body=text.body, actions=(open_it,), urgency=urgency
        )
        return self._bridge.do(self._present(notice), self.tr("Showing a notice"))

    # -- what happens ----------------------------------------------------------------------

    def _heard(self, event: Event) -> None:
        if isinstance(event, ExchangeEnded):
            self.note(event)

    def _service_changed(self, state: ServiceState) -> None:
        if state.phase is Phase.RUNNING:
            self.note(ServiceRuns())
        elif state.phase is Phase.FAILED:
            reason = sentences(state.problem_title, state.problem_text)
            self.note(ServiceStopped(reason), by_user=self._is_watched())

    def _launch_failed(self, failed: NotOpened) -> None:
        error = failed.error
        reason = as_sentences(error)
        self.note(LaunchFailed(reason), by_user=self._is_watched())

    def _config_changed(self, config: Config) -> None:
        before, self._config = self._config, config
        self._notices.switches.update(switches_of(config.desktop.notifications))
        self._notices.quiet_hours = config.desktop.quiet_hours
        for name in renewed_providers(before, config):
            self.note(KeyChanged(name) if name in config.providers else ProviderGone(name))

    def _answered(self, answer: Answer) -> None:
        if isinstance(answer, Chosen):
            self._take_away(answer.notice)
            if self._answering.act(answer.notice, answer.do):
                self.forward_wanted.emit(answer.token)
            self._tell_muting()
            self._after()

    # -- showing ---------------------------------------------------------------------------

    def _take_away(self, notice: Notice) -> None:
        """Not every desktop does so itself once a button was pressed."""
        number, _ = self._on_screen.pop(notice.kind, (0, notice))
        if number and self._notifier is not None:
            self._bridge.do(self._notifier.close(number), self.tr("Showing a notice"))

    def _withdraw(self) -> None:
        """What tells of something that is over."""
        for _, notice in [*self._on_screen.values()]:
            if self._notices.is_past(notice):
                self._take_away(notice)

    def _show_waiting(self) -> None:
        self._show(self._notices.tick())

    def _show(self, notices: Iterable[Notice]) -> None:
        for notice in notices:
            self._bridge.do(self._present(notice), self.tr("Showing a notice"))
        self._after()

    async def _present(self, notice: Notice) -> bool:
        """Whether the system shows it."""
        if self._notifier is None:
            return False
        was_blocked = self._notifier.is_blocked
        number = await self._notifier.show(notice)
        is_shown = bool(number)
        self._on_screen[notice.kind] = number, notice
        self._withdraw()  # it may have passed meanwhile
        if is_shown and was_blocked:
            self.note(NoticesShown())
        elif not is_shown:
            self.note(NoticesBlocked())
        return is_shown

    def _after(self) -> None:
        """See to what the notices want next, and that the list is told before long."""
        due_s = self._notices.next_due_s()
        if due_s is None:
            self._tick.stop()
        else:
            self._tick.start(max(0, round((due_s - self._clock()) * 1000)) + 1)
        if not self._tell.isActive():
            self._tell.start()

    def _tell_changes(self) -> None:
        self._memory.set(_REMEMBERED, [*self._notices.remembered()])
        self._memory.set(_IGNORED, self._notices.ignored())
        if (kept := self.kept()) != self._told:
            self._told = kept
            self.changed.emit()

    def _tell_muting(self) -> None:
        """Now, and again when it is over."""
        until_s = self.muted_until_s
        self._memory.set(_MUTED, float(until_s or 0))
        if until_s is None:
            self._mute_end.stop()
        else:
            self._mute_end.start(max(0, round((until_s - self._clock()) * 1000)) + 1)
        self.muting_changed.emit()

    def _reword(self) -> None:
        self._notices.reword()
        self._tell_changes()

    def _installed_at_s(self) -> float:
        """When the app was started for the first time; now, if the clock was wrong then."""
        now = self._clock()
        known = self._memory.get(INSTALLED, 0.0)
        if not 0 < known <= now:
            known = now
            self._memory.set(INSTALLED, known)
        return float(known)


def _translated(text: str) -> str:
    return QCoreApplication.translate("NoticeWords", text)


def _in_present_words(said: str) -> str:
    """What the router says is English, and what the app said of it in the language of then."""
    return again(in_words(said))


def _name_of(provider: str) -> str:
    """The name that people know a provider by."""
    template = find_template(provider)
    return title_words(template) if template else provider
