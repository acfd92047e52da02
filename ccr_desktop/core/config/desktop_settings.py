"""Reading `Desktop`. Whatever is wrong there is a warning: the router does without a window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.addresses import is_safe_to_ask
from ccr_desktop.core.config.fields import is_given, is_unresolved, read_setting, shown
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.schema import NOTIFICATIONS, UPDATE_SOURCE, DesktopSettings
from ccr_desktop.core.config.settings import BY_KEY, keys_of
from ccr_desktop.core.config.spans import is_empty
from ccr_desktop.core.config.spelling import note_unknown_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ccr_desktop.core.config.routes import RouteReader


def read_desktop(found: Any, reader: RouteReader) -> DesktopSettings:
    """The settings of the desktop app, the usual ones where they can't be used."""
    issues: list[Issue] = []
    desktop = _object(found, "Desktop", issues)
    note_unknown_keys(desktop, keys_of("Desktop"), "Desktop", issues)
    asked = desktop.get("notifications")
    notifications = _object(asked, "Desktop.notifications", issues)
    note_unknown_keys(notifications, NOTIFICATIONS, "Desktop.notifications", issues)
    scalars = (
        "theme",
        "language",
        "startHidden",
        "onClose",
        "terminal",
        "serviceThread",
        "quietHours",
        "updates",
    )
    read = _read("Desktop", scalars, desktop, issues)
    _note_no_quiet(read["quietHours"], issues)
    settings = DesktopSettings(
        theme=read["theme"],
        language=read["language"],
        start_hidden=read["startHidden"],
        on_close=read["onClose"],
        terminal=read["terminal"],
        service_thread=read["serviceThread"],
        quiet_hours=read["quietHours"],
        updates=read["updates"],
        update_source=read_source(desktop.get("updateSource"), "Desktop.updateSource", issues),
        notifications=_read("Desktop.notifications", NOTIFICATIONS, notifications, issues),
        favourites=replace(reader, issues=issues).routes(
            desktop.get("favourites"), "Desktop.favourites"
        ),
    )
    reader.issues.extend(replace(issue, severity="warning") for issue in issues)
    return settings


def _note_no_quiet(span: str, issues: list[Issue]) -> None:
    if span and is_empty(span):
        problem = "both times are the same, so that nothing is held back."
        issues.append(Issue("Desktop.quietHours", problem, "Give it an end, or remove it."))


def _object(found: Any, where: str, issues: list[Issue]) -> Mapping[str, Any]:
    if isinstance(found, dict):
        return found
    if is_given(found):
        issues.append(Issue(where, f"found {shown(found)}.", "An object is allowed."))
    return {}


def read_source(found: Any, where: str, issues: list[Issue]) -> str:
    """Where new versions are looked for: what the file says, or else the project's own place.

    Empty where the file says it badly. Whoever names a place wants no other one to be asked; nobody
    may listen in or answer in its place, unless it is this computer.
    """
    if not is_given(found):
        return UPDATE_SOURCE
    url = found.strip() if isinstance(found, str) else ""
    if is_safe_to_ask(url):
        return url
    if not is_unresolved(url):  # which was reported already
        hint = "Allowed is an address that begins with https://, or with http:// on this computer."
        issues.append(Issue(where, f"found {shown(found)}.", hint))
    return ""


def _read(
    where: str, names: Iterable[str], found: Mapping[str, Any], issues: list[Issue]
) -> dict[str, Any]:
    values = {f"{where}.{name}": value for name, value in found.items()}
    return {name: read_setting(BY_KEY[f"{where}.{name}"], values, issues) for name in names}
