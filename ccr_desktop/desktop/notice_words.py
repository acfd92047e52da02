"""The words of notices: who, what, and what happens now. Plain, and without Qt.

`tr` is named so that Qt's tools find the texts; translations come from outside. `name_of` gives the
name people know a provider by, `said_by_others` the sentences of the router in the same language,
`model` what a route is told as.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from ccr_desktop.desktop import lists
from ccr_desktop.desktop.notice import Do
from ccr_desktop.desktop.notice_blame import blamed_for, first_away, lacks_key
from ccr_desktop.desktop.state import model_of

if TYPE_CHECKING:
    from ccr_desktop.core.observe.events import AttemptFailed, ExchangeEnded, ProviderPaused
    from ccr_desktop.desktop.happenings import (
        AgentUpdated,
        BalanceSeen,
        BudgetSeen,
        LaunchFailed,
        ServiceStopped,
        UpdateReady,
    )


class Text(NamedTuple):
    title: str
    body: str


def same(text: str) -> str:
    return text


class NoticeWords:
    def __init__(
        self,
        translate: Callable[[str], str] = same,
        name_of: Callable[[str], str] = same,
        said_by_others: Callable[[str], str] = same,
        model: Callable[[str], str] = model_of,
    ) -> None:
        self._translate = translate
        self._others = said_by_others
        self._name_of = name_of
        self._model = model

    def tr(self, text: str) -> str:
        return self._translate(text)

    def moved(self, event: ExchangeEnded) -> Text:
        failed = first_away(event) or event.attempts[0]
        body = self.tr("{cause} {work} now uses {model}. It will switch back by itself.")
        return Text(
            self.tr("Router: using a backup model"),
            body.format(
                cause=self._cause(failed),
                work=self._work(event.scenario),
                model=self._model(event.route),
            ),
        )

    def back(self, route: str) -> Text:
        body = self.tr("{vendor} answers again. {model} is in use as before.")
        return Text(
            self.tr("Router: back to normal"),
            body.format(vendor=self._vendor(route), model=self._model(route)),
        )

    def paused(self, event: ProviderPaused) -> Text:
        body = self.tr("{vendor} is paused after repeated errors. {reason}")
        vendor = self._name_of(event.provider)
        return Text(
            self.tr("Router: provider paused"),
            body.format(vendor=vendor, reason=self._others(event.reason)).strip(),
        )

    def no_model(self, event: ExchangeEnded, count: int) -> Text:
        blamed = blamed_for(event)
        cause = self._cause(blamed) if blamed else self._own_cause(event)
        if count == 1 and not blamed:
            return Text(self.tr("Router: a request failed"), cause)
        if count == 1:
            return Text(self.tr("Router: a request failed"), self._alone(cause, event.withheld))
        title = self.tr("Router: {count} requests failed").format(count=count)
        return Text(title, self.tr("The last one: {cause}").format(cause=cause))

    def _alone(self, cause: str, withheld: str) -> str:
        """Why nobody took over."""
        if not withheld:
            return self.tr("{cause} No other model could take over.").format(cause=cause)
        words = self.tr(
            "{cause} {model} was not tried: “Backup behaviour” in Routes does not count this"
            " failure."
        )
        return words.format(cause=cause, model=self._model(withheld))

    def key(self, failed: AttemptFailed) -> Text:
        """Whose key it is stands in the title: the router has one, too."""
        if lacks_key(failed):
            title = self.tr("Router: {vendor} has no key")
            body = self.tr("{vendor} has no key that serves. Requests to it fail until it has one.")
        elif failed.status == 403:
            title = self.tr("Router: {vendor} did not allow a request")
            body = self.tr(
                "{vendor} did not allow a request with this key. Check what the key may do, "
                "or enter another one."
            )
        else:
            title = self.tr("Router: {vendor} does not accept your key")
            body = self.tr(
                "{vendor} refused the key. Requests to it will fail until you enter a new one."
            )
        vendor = self._vendor(failed.route)
        return Text(title.format(vendor=vendor), body.format(vendor=vendor))

    def balance(self, event: BalanceSeen, level: int) -> Text:
        title = self.tr("Router: low balance at {vendor}")
        body = self.tr("{vendor}: less than {level} % left{window}.")
        window = f" ({event.window})" if event.window else ""
        vendor = self._name_of(event.provider)
        return Text(
            title.format(vendor=vendor),
            body.format(vendor=vendor, level=level, window=window),
        )

    def budget(self, event: BudgetSeen, level: int) -> Text:
        title = self.tr("Router: {level} % of {period} budget")
        body = self.tr("{spent:.2f} of {limit:.2f} {currency} used.")
        return Text(
            title.format(level=level, period=event.period),
            body.format(spent=event.spent, limit=event.limit, currency=event.currency),
        )

    def stopped(self, event: ServiceStopped) -> Text:
        body = self.tr("{reason} Claude Code gets no answers until it runs again.")
        reason = self._others(event.reason)
        return Text(self.tr("The router stopped"), body.format(reason=reason).strip())

    def agent(self, event: AgentUpdated) -> Text:
        body = self.tr("Version {version}: {problem}")
        return Text(
            self.tr("This version of Claude Code has known problems"),
            body.format(version=event.version, problem=self._others(event.problem)),
        )

    def update(self, event: UpdateReady) -> Text:
        body = self.tr("Version {version} can be installed.")
        return Text(self.tr("An update is ready"), body.format(version=event.version))

    def launch(self, event: LaunchFailed) -> Text:
        return Text(self.tr("Claude Code could not be started"), self._others(event.reason))

    def blocked(self) -> Text:
        body = self.tr("The system shows no notices of CCR Desktop. They are listed here instead.")
        return Text(self.tr("Notifications are blocked"), body)

    def routes(self, counts: Mapping[str, int]) -> Text:
        used = lists.names(
            lists.aside(self._model(route), count) for route, count in counts.items()
        )
        return Text(self.tr("Router: models in use"), used)

    def digest(self) -> Text:
        return Text(
            self.tr("Router: more happened"),
            self.tr("Some notices were held back. All of them are on Home."),
        )

    def show(self) -> str:
        """Where there is no why."""
        return self.tr("Show")

    def label(self, do: Do) -> str:
        """What stands on a button."""
        return {
            Do.OPEN: self.tr("Open"),
            Do.SHOW: self.tr("Show why"),
            Do.KEEP_USING: self.tr("Keep using"),
            Do.MUTE: self.tr("Mute for 1 h"),
            Do.TRY_AGAIN: self.tr("Try again now"),
            Do.CHECK: self.tr("Check"),
            Do.ENTER_KEY: self.tr("Enter key"),
            Do.OPEN_COSTS: self.tr("Open Costs"),
            Do.CHANGE_BUDGET: self.tr("Change"),
            Do.SWITCH_TO_CHEAP: self.tr("Switch to a cheaper model"),
            Do.RESTART: self.tr("Restart"),
            Do.READ: self.tr("Read"),
            Do.SEE_CHANGES: self.tr("See changes"),
        }[do]

    def _cause(self, failed: AttemptFailed) -> str:
        sentence = self._unasked(failed.unasked) or self._sentence(failed.status)
        return sentence.format(vendor=self._vendor(failed.route), model=model_of(failed.route))

    def _own_cause(self, event: ExchangeEnded) -> str:
        """No provider failed: a plugin did, or the router."""
        said = self._others(event.error)
        return said or self.tr("The router failed on it; its log says more.")

    def _unasked(self, why: str) -> str:
        """Who was not asked did not fail this time."""
        return {
            "off": self.tr("{vendor} is switched off."),
            "resting": self.tr("{vendor} is left alone after failures."),
            "awaited": self.tr("The key of {vendor} is not there yet."),
            "no-key": self.tr("{vendor} has no key that serves."),
        }.get(why, "")

    def _sentence(self, status: int) -> str:
        """What a status means, with whose side it is."""
        told = {
            401: self.tr("{vendor} did not accept the key."),
            402: self.tr("The balance at {vendor} is empty."),
            403: self.tr("{vendor} did not allow it."),
            404: self.tr("{vendor} has no model named “{model}”."),
            408: self.tr("{vendor} is answering too slowly."),
            429: self.tr("{vendor} asks to wait: too many requests."),
            500: self.tr("A request to {vendor} failed."),  # by whose fault is not known
            502: self.tr("{vendor} could not be reached, or broke off."),
            504: self.tr("{vendor} is answering too slowly."),
            529: self.tr("{vendor} is overloaded."),
        }
        if status in told:
            return told[status]
        if status >= 500:
            return self.tr("{vendor} has trouble with its service.")
        return self.tr("{vendor} did not answer.")

    def _work(self, scenario: str) -> str:
        """The kind of work that moved, to begin a sentence."""
        return {
            "background": self.tr("Background jobs"),
            "think": self.tr("Thinking"),
            "longContext": self.tr("Work on long conversations"),
            "webSearch": self.tr("Web search"),
            "image": self.tr("Work on pictures"),
        }.get(scenario) or self.tr("Main work")

    def _vendor(self, route: str) -> str:
        return self._name_of(route.partition(",")[0]) or self.tr("The provider")
