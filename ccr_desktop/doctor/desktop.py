"""Start at login; and what only the desktop app can see, which says so elsewhere."""

from __future__ import annotations

import shutil

from ccr_desktop.autostart.registration import AutostartState, autostart_for_system
from ccr_desktop.autostart.start_command import start_command
from ccr_desktop.core.daemons import beside
from ccr_desktop.core.file_trouble import why
from ccr_desktop.doctor.check import Around, Check, Finding, Repair, Side, Verdict, fine, unchecked
from ccr_desktop.doctor.words import NOTHING, Words, say
from ccr_desktop.errors import CcrError

TRAY, NOTICES = "tray", "notifications"
_PAGE = "settings/general"


async def _autostart(_around: Around) -> Finding:
    command = start_command()
    try:
        state = await beside(lambda: autostart_for_system().state(command))
    except OSError as exc:
        return Finding(
            verdict=Verdict.WARNING,
            text=say("Whether the app starts at login can't be told: {reason}.", reason=why(exc)),
            side=Side.COMPUTER,
            remedy=say("Make {file} a file that can be read, or move it away.", file=exc.filename)
            if exc.filename
            else NOTHING,
            page=_PAGE,
        )
    match state:
        case AutostartState.OFF:
            return fine(say("The app does not start at login."), page=_PAGE)
        case AutostartState.HELD_BACK:
            return Finding(
                verdict=Verdict.WARNING,
                text=say("Start at login is on here, and switched off in the system's settings."),
                side=Side.COMPUTER,
                remedy=say("Switch it on there, or off here."),
                page=_PAGE,
            )
        case AutostartState.OUTDATED:
            return Finding(
                verdict=Verdict.WARNING,
                text=say("At login another copy of the app is started, or one that was moved."),
                side=Side.COMPUTER,
                remedy=say("Have it start this one."),
                repair=Repair(say("Start this one"), _renewed),
                page=_PAGE,
            )
    if shutil.which(command[0]) is None:
        return Finding(
            verdict=Verdict.PROBLEM,
            text=say("{program}, which is to start at login, is not there.", program=command[0]),
            side=Side.COMPUTER,
            remedy=say("Install the app again."),
            page=_PAGE,
        )
    return fine(say("The app starts at login."), page=_PAGE)


async def _renewed() -> Words:
    try:
        await beside(lambda: autostart_for_system().enable(start_command()))
    except OSError as exc:
        raise CcrError("The start at login could not be changed", f"{why(exc)}.") from exc
    return say("This copy starts at login now.")


async def _not_here(_around: Around) -> Finding:
    return unchecked(say("Not checked here: the desktop app sees it."))


CHECKS = (Check("autostart", say("Start at login"), _autostart),)
TRAY_TITLE, NOTICES_TITLE = say("Tray"), say("Notifications")
ELSEWHERE = (
    Check(TRAY, TRAY_TITLE, _not_here),
    Check(NOTICES, NOTICES_TITLE, _not_here),
)
