"""Claude Code itself: where it is, and what is known of its version."""

from __future__ import annotations

import re

from ccr_desktop.core.daemons import beside
from ccr_desktop.doctor.check import Around, Check, Finding, Side, Verdict, fine
from ccr_desktop.doctor.words import Words, say
from ccr_desktop.errors import ClaudeMissing
from ccr_desktop.launch.program import ClaudeProgram, find_claude, with_version

_UPDATE = say("Update it: `claude update`, or the way it was installed.")
_UPDATE_IN_WINDOW = say("Update it the way it was installed; what it is stands on the page Launch.")
# Versions before this one, and what they do.
_KNOWN: tuple[tuple[tuple[int, ...], Words], ...] = (
    (
        (2,),
        say(
            "Version 1 sends a request whose stream broke off once more at once, and lists no"
            " models of other providers."
        ),
    ),
    (
        (2, 1, 223),
        say(
            "Before 2.1.223 its list of models leaves out those whose names do not begin with"
            " “claude” or “anthropic”."
        ),
    ),
)


async def _found(around: Around) -> Finding:
    try:
        program = await beside(lambda: find_claude(around.config, around.environment))
    except ClaudeMissing as exc:
        return Finding(
            verdict=Verdict.PROBLEM,
            text=say("Claude Code was not found."),
            side=Side.CLAUDE,
            remedy=say("Install it: `{command}`. Or name it: CLAUDE_PATH.", command=exc.install),
            in_window=say(
                "The page Launch tells how it is installed, and takes the place where it is."
            ),
            details=(", ".join(exc.looked),),
            page="launch",
        )
    program = await beside(lambda: with_version(program, around.environment))
    return _judged(program)


def _judged(program: ClaudeProgram) -> Finding:
    if not program.version:
        return Finding(
            verdict=Verdict.WARNING,
            text=say("{path} does not tell its version.", path=program.path),
            side=Side.CLAUDE,
            remedy=say("Try `claude --version` in a terminal."),
            in_window=say("The page Launch tells which one is started, and takes another place."),
            page="launch",
        )
    facts = f"{program.path} ({program.kind})"
    if (known := _known_of(program.version)) is not None:
        words = say("Version {version}. {known}", version=program.version, known=known)
        return Finding(
            verdict=Verdict.WARNING,
            text=words,
            side=Side.CLAUDE,
            remedy=_UPDATE,
            in_window=_UPDATE_IN_WINDOW,
            details=(facts,),
            page="launch",
        )
    return fine(say("Version {version}.", version=program.version), facts, page="launch")


def _known_of(version: str) -> Words | None:
    numbers = tuple(map(int, re.findall(r"\d+", version)[:3]))
    return next((words for before, words in _KNOWN if numbers < before), None)


CHECKS = (Check("claude", say("Claude Code"), _found, 30.0),)
