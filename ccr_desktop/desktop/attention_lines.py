"""What needs attention, as lines with a way out each: from the service, the settings, the keys,
and the notices that were kept. Hints, which can wait, are told apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.config.spelling import NO_SUCH_SETTING
from ccr_desktop.core.observe import health
from ccr_desktop.core.routing.router import blocked_by
from ccr_desktop.desktop import figures, lists
from ccr_desktop.desktop.core_words import in_words, issue_words, problem_words
from ccr_desktop.desktop.health_words import health_word
from ccr_desktop.desktop.issue_places import (
    page_of_issue,
    place_parts,
    place_words,
    provider_of_issue,
)
from ccr_desktop.desktop.notice import Kind
from ccr_desktop.desktop.phrases import put_together
from ccr_desktop.desktop.service_state import Phase
from ccr_desktop.desktop.work_words import work_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.observe.health import Health
    from ccr_desktop.core.secrets import StoreStatus
    from ccr_desktop.desktop.notice import Kept
    from ccr_desktop.desktop.service_state import ServiceState
    from ccr_desktop.desktop.widgets.state import State

Does = Literal[
    "page", "start", "take-over", "other-port", "ignore", "update", "unmute", "switch-on"
]
_PAGES = {
    Kind.MOVED_TO_BACKUP: "activity",
    Kind.NO_MODEL_LEFT: "activity",
    Kind.SERVICE_STOPPED: "activity",
    Kind.LAUNCH_FAILED: "launch",
}
_OF_PROVIDERS = {Kind.KEY_PROBLEM, Kind.PROVIDER_PAUSED, Kind.BALANCE_LOW}
_TROUBLES = {health.State.KEY_PROBLEM, health.State.OUT_OF_MONEY}

_HINTS = {Kind.MOVED_TO_BACKUP, Kind.UPDATE_READY}
"""The first has a shape of its own in the icon and the strip."""
_NEEDED = re.compile(
    r"HOST|Router\.default|CUSTOM_ROUTER_PATH|(Providers|providers)\[\d+\]\.api_keys?\b.*"
    r"|(transformers|plugins)\[\d+\].*"
)
"""Places without which requests go nowhere, or elsewhere than a person wishes; the router makes do
without what is wrong in others, and says so in a warning."""
_ONLY_KEY = re.compile(r"[Pp]roviders\[\d+\]\.api_key")
"""What is wrong there is why requests fail for want of a key."""

_tr = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Remedy:
    """A button: its words, and what it does with what."""

    label: str
    does: Does
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionLine:
    """`key` stays the same while it is about the same thing."""

    key: str
    state: State
    title: str
    text: str = ""
    remedies: tuple[Remedy, ...] = ()
    can_wait: bool = True
    """Whether it may be ignored for a week."""
    place: str = ""
    """Where it stands in the settings file, as the file spells it."""
    is_hint: bool = False
    """Whether the router does its work all the same, so that neither icon nor strip tells it."""


def attention_lines(
    service: ServiceState,
    config: Config,
    issues: Iterable[Issue],
    found: Health,
    kept: Iterable[Kept],
    *,
    refusal: StoreStatus | None = None,
) -> tuple[AttentionLine, ...]:
    """The most urgent first, hints last. A *refusal* is what keeps the store from giving keys."""
    notices = [one for one in kept if not one.is_over]
    if service.phase is Phase.FAILED:
        notices = [one for one in notices if one.notice.kind is not Kind.SERVICE_STOPPED]
    issues = [issue for issue in issues if not issue.follows]  # goes when the other one does
    keyless = {
        provider_of_issue(one.where, config) for one in issues if _ONLY_KEY.fullmatch(one.where)
    }
    notices = [one for one in notices if not _is_of_key(one) or one.notice.subject not in keyless]
    told = keyless | {one.notice.subject for one in notices if _is_of_key(one)}
    lines = (
        *_of_service(service),
        *_of_store(refusal, issues, config),
        *_of_issues((one for one in issues if not _is_refused(one, refusal)), config),
        *_of_switched_off(config),
        *(line for line in _of_keys(config, found) if line.key.partition(":")[2] not in told),
        *map(_of_notice, notices),
    )
    return tuple(sorted(dict.fromkeys(lines), key=lambda line: line.is_hint))


def _is_of_key(one: Kept) -> bool:
    return one.notice.kind is Kind.KEY_PROBLEM


def of_muting(until_s: float | None) -> tuple[AttentionLine, ...]:
    """That a person muted the notices, which a button of one does at once."""
    if until_s is None:
        return ()
    title = _tr("Attention", "Notices are muted until {time}")
    return (
        AttentionLine(
            key="muted",
            state="off",
            title=title.format(time=figures.until(until_s)),
            text=_tr("Attention", "Only what can't wait is told until then."),
            remedies=(Remedy(_tr("Attention", "Unmute"), "unmute"),),
            can_wait=False,
            is_hint=True,
        ),
    )


def without_ignored(
    lines: Iterable[AttentionLine], ignored: Mapping[str, float], now_s: float
) -> tuple[AttentionLine, ...]:
    return tuple(line for line in lines if not line.can_wait or ignored.get(line.key, 0.0) <= now_s)


def _of_service(service: ServiceState) -> Iterator[AttentionLine]:
    if service.phase is not Phase.FAILED:
        return
    remedies = []
    conflict = service.conflict
    if conflict is None:
        remedies.append(Remedy(_tr("Attention", "Start again"), "start"))
    else:
        other = _tr("Attention", "Use another port")
        if conflict.can_take_over:
            remedies.append(Remedy(_tr("Attention", "Close it and start"), "take-over"))
        remedies.append(Remedy(other, "other-port", str(conflict.port)))
        if not conflict.can_take_over:
            remedies.append(Remedy(_tr("Attention", "Try again"), "start"))
    yield AttentionLine(
        key="service",
        state="attention",
        title=service.problem_title,
        text=service.problem_text,
        remedies=tuple(remedies),
        can_wait=False,
    )


def _is_refused(issue: Issue, refusal: StoreStatus | None) -> bool:
    return refusal is not None and issue.problem == f"{refusal.title}."


def _of_store(
    refusal: StoreStatus | None, issues: Iterable[Issue], config: Config
) -> Iterator[AttentionLine]:
    """One for all the keys that it keeps back: where it is opened, no key has to be entered."""
    lacking = [one.where for one in issues if _is_refused(one, refusal)]
    if refusal is None or not lacking:
        return
    names = dict.fromkeys(
        provider_of_issue(where, config) or place_words(where, config) for where in lacking
    )
    without = _tr("Attention", "Without a key: {names}.").format(names=lists.names([*names]))
    yield AttentionLine(
        key="store",
        state="attention",
        title=in_words(refusal.title),
        text=put_together((in_words(refusal.text), without)),
        remedies=(Remedy(_tr("Attention", "Show keys"), "page", "settings/keys"),),
    )


def _of_issues(issues: Iterable[Issue], config: Config) -> Iterator[AttentionLine]:
    for issue in issues:
        if not issue.where and issue.severity == "error":
            yield _of_file(issue)
            continue
        title, text = _words_of(issue, config)
        yield AttentionLine(
            key=f"issue:{issue.where}:{issue.problem}",
            state="backup" if _is_hint(issue) else "attention",
            title=title,
            text=text,
            place=issue.where,
            is_hint=_is_hint(issue),
            remedies=(Remedy(_tr("Attention", "Fix"), "page", page_of_issue(issue.where, config)),),
        )


def _is_hint(issue: Issue) -> bool:
    is_needed = bool(_NEEDED.fullmatch(issue.where)) and issue.problem != NO_SUCH_SETTING
    return issue.severity == "warning" and not is_needed


def _words_of(issue: Issue, config: Config) -> tuple[str, str]:
    """A title and the rest, in which the place stands; of unknown settings there may be many."""
    title, hint = problem_words(issue.summary), in_words(issue.hint)
    if issue.where and issue.problem == NO_SUCH_SETTING:
        return _of_unknown(*place_parts(issue.where, config), title), hint
    place = place_words(issue.where, config) if issue.where else ""
    in_brackets = _tr("Attention", "({place})").format(place=place) if place else ""
    return title, put_together((hint, in_brackets))


def _of_unknown(setting: str, owner: str, problem: str) -> str:
    words = (
        _tr("Attention", "{setting} of {owner}: {problem}")
        if owner
        else _tr("Attention", "{setting}: {problem}")
    )
    return words.format(setting=setting, owner=owner, problem=problem)


def _of_file(issue: Issue) -> AttentionLine:
    """Nothing of it can be used: there is no place in it to go to."""
    return AttentionLine(
        key=f"issue::{issue.problem}",
        state="attention",
        title=_tr("Attention", "The settings file can't be used"),
        text=issue_words(issue),
        remedies=(Remedy(_tr("Attention", "Show the problem"), "page", "settings/text/problem"),),
    )


def _of_switched_off(config: Config) -> Iterator[AttentionLine]:
    """Providers without which some kind of work has no model at all."""
    works: dict[str, list[str]] = {}
    for scenario in config.router.routes:
        if provider := blocked_by(scenario, config):
            works.setdefault(provider, []).append(work_words(scenario))
    for provider, names in works.items():
        title = _tr("Attention", "{provider} is switched off")
        text = _tr("Attention", "These requests are refused, as no other model is left: {works}")
        yield AttentionLine(
            key=f"off:{provider}",
            state="attention",
            title=title.format(provider=provider),
            text=text.format(works=lists.names(names)),
            remedies=(Remedy(_tr("Attention", "Switch on"), "switch-on", provider),),
        )


def _of_keys(config: Config, found: Health) -> Iterator[AttentionLine]:
    """Keys that are refused, and accounts that are empty."""
    for name, provider in config.providers.items():
        known = found.of(name)
        if provider.paused or known.state not in _TROUBLES:
            continue
        word = health_word(provider, known).word
        yield AttentionLine(
            key=f"key:{name}",
            state="attention",
            title=lists.titled(name, word),
            text=in_words(known.reason),
            remedies=(Remedy(_tr("Attention", "Fix"), "page", f"providers/{name}"),),
        )


def _of_notice(one: Kept) -> AttentionLine:
    notice = one.notice
    page = _PAGES.get(notice.kind, "")
    if notice.kind in _OF_PROVIDERS:
        page = f"providers/{notice.subject}" if notice.subject else "providers"
    remedies: tuple[Remedy, ...] = ()
    if notice.kind is Kind.UPDATE_READY:
        remedies = (Remedy(_tr("Attention", "See changes"), "update"),)
    elif page:
        enters = notice.kind is Kind.KEY_PROBLEM and bool(notice.subject)
        label = _tr("Attention", "Enter key") if enters else _tr("Attention", "Show")
        remedies = (Remedy(label, "page", page),)
    text = notice.body
    if one.count > 1:
        often = _tr("Attention", "{n} times, the last one at {time}.")
        text = f"{text} {often.format(n=one.count, time=figures.until(one.at_s))}".strip()
    return AttentionLine(
        key=f"notice:{one.key}",
        state="attention" if notice.urgency > 1 or notice.kind in _OF_PROVIDERS else "backup",
        title=notice.title,
        text=text,
        remedies=remedies,
        is_hint=notice.kind in _HINTS,
    )
