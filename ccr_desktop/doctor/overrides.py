"""What would lead Claude Code past the router: variables with their lines, and settings files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.daemons import beside
from ccr_desktop.doctor.check import Around, Check, Finding, Repair, Side, Verdict, fine
from ccr_desktop.doctor.profiles import Line, setting_lines
from ccr_desktop.doctor.words import NOTHING, Words, say
from ccr_desktop.launch import normal_claude
from ccr_desktop.launch.environment import (
    DECISIVE,
    KEYS,
    Override,
    decisive_variables,
    key_helper,
    leading_elsewhere,
    managed_settings,
    overriding_settings,
)
from ccr_desktop.launch.taking_out import plan, plan_of_helper

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from ccr_desktop.launch.taking_out import Removal

_PAGE = "launch"


async def _variables(around: Around) -> Finding:
    """A launch by the router sets its own: only a plain `claude` goes elsewhere by these."""
    own = decisive_variables(around.config)
    set_here = leading_elsewhere(around.environment, own)
    lines = await beside(lambda: _lines(around))
    # A line may name the router itself: what it says counts only where it is in force.
    written = [line for line in lines if line.name not in around.environment]
    names = dict.fromkeys([*set_here, *(line.name for line in written)])
    if not names:
        return fine(say("No variable leads Claude Code elsewhere."))
    shown = [str(line) for line in lines if line.name in names]
    unknown = [name for name in names if not any(line.name == name for line in lines)]
    details = (*shown, *(f"{name}: environment of this process" for name in unknown))
    return Finding(
        verdict=Verdict.WARNING,
        text=_told_of_variables(names),
        side=Side.COMPUTER,
        remedy=say(
            "Remove the line, or start Claude Code from here or with `ccr code`, which set their"
            " own."
        ),
        in_window=say("Remove the line, or start Claude Code from here: that sets its own."),
        details=details,
        page=_PAGE,
        place=next((str(line.file) for line in lines if line.name in names), ""),
    )


def _told_of_variables(names: Collection[str]) -> Words:
    listed = tuple(names)
    if set(names) <= set(KEYS):
        words = "A plain `claude` may send another key than the router's: {names}."
        return say(words, names=listed)
    return say("A plain `claude` may go elsewhere: {names}.", names=listed)


def _lines(around: Around) -> list[Line]:
    return [*setting_lines(DECISIVE, around.home, around.folder, around.environment)]


async def _settings(around: Around) -> Finding:
    config = around.config
    found = await beside(lambda: [*overriding_settings(config, around.home, around.folder)])
    state = await beside(lambda: normal_claude.state(config))
    if not found:
        if state.kind == "unreadable":
            return Finding(
                verdict=Verdict.WARNING,
                text=say("{problem}", problem=state.problem),
                side=Side.CLAUDE,
                page=_PAGE,
                place=str(state.path),
            )
        helper = await beside(lambda: key_helper(around.home, around.folder))
        if helper is not None:
            return _with_helper(helper, around)
        return fine(say("No settings file of Claude Code leads it elsewhere."))
    is_our_own = state.kind == "outdated" and all(each.file == state.path for each in found)
    return _outdated(found) if is_our_own else _overridden(found, around)


def _with_helper(file: Path, around: Around) -> Finding:
    """The router takes its own of two keys; a plain `claude` elsewhere may need the other."""
    is_managed = file in managed_settings()
    remedy, in_window = say("Take `apiKeyHelper` out where only the router is used."), NOTHING
    if is_managed:
        remedy = say("It is managed: only whoever administers this computer can take it out.")
    elif around.take_out is not None:
        in_window = say(
            "Where only the router is used, it can be taken out. The change is shown first, and can"
            " be undone."
        )
    return Finding(
        verdict=Verdict.WARNING,
        text=say(
            "{file} has Claude Code ask a program for a key (apiKeyHelper). It works all the same,"
            " as the router gets its own key, too; but Claude Code warns that two are set.",
            file=str(file),
        ),
        side=Side.CLAUDE,
        remedy=remedy,
        in_window=in_window,
        repair=None if is_managed else _taking_out(lambda: plan_of_helper(file), around),
        page=_PAGE,
        place=str(file),
    )


def _outdated(found: list[Override]) -> Finding:
    return Finding(
        verdict=Verdict.PROBLEM,
        text=say("{file} leads to an earlier address of this router.", file=str(found[0].file)),
        side=Side.SETTINGS,
        remedy=say("`ccr env --permanent`, or the switch on the page Launch, renews it."),
        in_window=say("On the page Launch, “Review changes…” renews it."),
        page=_PAGE,
    )


def _overridden(found: list[Override], around: Around) -> Finding:
    managed, first = managed_settings(), found[0]
    names = tuple(first.names)
    remedy, in_window = say("Take {names} out of its `env`.", names=names), NOTHING
    if any(each.file in managed for each in found):
        remedy = say("It is managed: ask whoever administers this computer.")
    elif around.take_out is not None:
        in_window = say("It can be taken out. The change is shown first, and can be undone.")
    return Finding(
        verdict=Verdict.PROBLEM,
        text=_told(first),
        side=Side.CLAUDE,
        remedy=remedy,
        in_window=in_window,
        details=tuple(f"{each.file}: {', '.join(each.names)}" for each in found[1:]),
        repair=None if first.file in managed else _taking_out(lambda: plan(first), around),
        page=_PAGE,
        place=str(first.file),
    )


def _told(override: Override) -> Words:
    file, keys = str(override.file), tuple(override.keys)
    places = tuple(override.places)
    if not keys:
        return say("{file} leads Claude Code elsewhere: {places}.", file=file, places=places)
    if not places:
        return say(
            "{file} gives Claude Code another key than the router's: {keys}.", file=file, keys=keys
        )
    return say(
        "{file} leads Claude Code elsewhere ({places}), and with another key ({keys}).",
        file=file,
        places=places,
        keys=keys,
    )


def _taking_out(planned: Callable[[], Removal], around: Around) -> Repair | None:
    take_out = around.take_out
    if take_out is None:
        return None

    async def taken() -> Words:
        return await take_out(await beside(planned))

    return Repair(say("Take it out…"), taken)


CHECKS = (
    Check("variables", say("Variables"), _variables),
    Check("claude-settings", say("Settings of Claude Code"), _settings),
)
