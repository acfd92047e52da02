"""From the configuration to the folders that the view "Projects" shows: a pure function."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop import paths
from ccr_desktop.core.routing.real_paths import innermost, is_inside
from ccr_desktop.core.routing.rules import forbids
from ccr_desktop.core.setup.edits import is_same_folder
from ccr_desktop.core.setup.folders import folders_of, forbidden_in, places_of
from ccr_desktop.core.setup.route_lists import route_texts
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.form_words import form_words
from ccr_desktop.desktop.pages.routes.models import model_choices
from ccr_desktop.desktop.pages.routes.records import Trouble
from ccr_desktop.desktop.state import model_of
from ccr_desktop.desktop.widgets.choices import Choice, Later

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.schema import Config, OwnRule, Route
    from ccr_desktop.core.protocol.json import JsonObject

EVERYWHERE = "everywhere"
SET = "set:"
ROUTE = "route:"


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderRow:
    """A folder as the file writes it. `chosen` is the key of a choice, `never` names providers."""

    folder: str
    title: str
    chosen: str = EVERYWHERE
    never: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """All of the view. `providers` are what a folder can be kept from."""

    rows: tuple[FolderRow, ...] = ()
    choices: Sequence[Choice] = ()
    providers: tuple[Choice, ...] = ()
    asks_own_code: bool = False
    """Whether a custom router is asked before all this."""


def _words(text: str) -> str:
    return QCoreApplication.translate("Routes", text)


def shown_folders(config: Config, issues: Sequence[Issue]) -> Folders:
    """The folders of *config*, each below the one that it is in."""
    found = sorted(folders_of(dict(config.raw)), key=lambda folder: str(paths.expanded(folder)))
    return Folders(
        rows=tuple(_row(folder, found, config, issues) for folder in found),
        choices=Later(lambda: _choices(config)),
        providers=tuple(Choice(key=name, title=name) for name in config.providers),
        asks_own_code=bool(config.custom_router_path),
    )


def same_folder(folder: str, rows: Sequence[FolderRow]) -> str:
    """How the list writes *folder* already; empty when it is not there."""
    return next((row.folder for row in rows if is_same_folder(row.folder, folder)), "")


def chosen_title(key: str) -> str:
    """How the choice of that key is called."""
    if key.startswith(ROUTE):
        return model_of(key.removeprefix(ROUTE))
    return _words("As everywhere") if key == EVERYWHERE else key.removeprefix(SET)


def _choices(config: Config) -> tuple[Choice, ...]:
    now = config.route_set or _words("Standard")
    everywhere = Choice(key=EVERYWHERE, title=_words("As everywhere"), detail=now)
    sets = [
        Choice(key=f"{SET}{name}", title=name, group=_words("Route sets"))
        for name in config.route_sets
    ]
    models = [
        Choice(
            key=f"{ROUTE}{choice.key}",
            title=choice.title,
            group=choice.group,
            detail=choice.detail,
        )
        for choice in model_choices(config)
    ]
    return (everywhere, *sets, *models)


def _row(folder: str, folders: Sequence[str], config: Config, issues: Sequence[Issue]) -> FolderRow:
    raw = dict(config.raw)
    projects = raw.get("projects")
    entry = projects.get(folder) if isinstance(projects, dict) else None
    place = paths.expanded(folder)
    counting = _counting(place, config)
    notes = (
        _in_force(place, counting, config),
        _further(entry),
        *_around(folder, counting, folders, config),
    )
    return FolderRow(
        folder=folder,
        title=place.name or folder,
        chosen=_key(entry, config),
        never=tuple(forbidden_in(raw, folder)),
        notes=tuple(filter(None, notes)),
        troubles=(*_doubled(folder, folders), *_wrong(folder, raw, issues)),
    )


def _key(entry: Any, config: Config) -> str:
    if isinstance(entry, str) and entry.strip() in config.route_sets:
        return f"{SET}{entry.strip()}"
    texts = route_texts(entry)
    return f"{ROUTE}{texts[0]}" if texts else EVERYWHERE


def _further(entry: Any) -> str:
    names = [model_of(text) for text in route_texts(entry)[1:]]
    return _words("Backup models: {models}").format(models=lists.names(names)) if names else ""


def _in_force(place: Path, counting: str, config: Config) -> str:
    """Which model does the main work there, after all that is forbidden."""
    chosen = config.projects.get(counting, config.router.routes.get("default", ()))
    if isinstance(chosen, str):
        chosen = config.route_sets[chosen].routes.get("default", ())
    rules = _rules_for(place, config)
    allowed = [route for route in chosen if not any(forbids(rule, route) for rule in rules)]
    if not chosen:
        return ""
    if not allowed:
        text = _words("Nothing answers here: {models} may not get what is in this folder.")
        return text.format(models=lists.names(route.model for route in chosen))
    route = _first_on(allowed, config)
    text = _words("Main work here: {model} from {provider}.")
    return text.format(model=route.model, provider=route.provider)


def _first_on(routes: Sequence[Route], config: Config) -> Route:
    on = (route for route in routes if not config.providers[route.provider].paused)
    return next(on, routes[0])


def _counting(place: Path, config: Config) -> str:
    """The entry of `projects` that counts in *place*."""
    return innermost(place, config.projects)


def _rules_for(place: Path, config: Config) -> list[OwnRule]:
    """The prohibitions that ask for nothing but a folder that *place* is in."""
    return [rule for rule in config.router.rules if _holds(rule, place)]


def _holds(rule: OwnRule, place: Path) -> bool:
    wanted = rule.when.get("folder")
    patterns = [wanted] if isinstance(wanted, str) else wanted
    if not (rule.only or rule.never) or len(rule.when) != 1 or not patterns:
        return False
    return any(is_inside(place, pattern) for pattern in patterns)


def _around(folder: str, counting: str, folders: Sequence[str], config: Config) -> list[str]:
    """What a folder around it has to do with it."""
    place = paths.expanded(folder)
    outer = [
        known for known in folders if not is_same_folder(known, folder) and is_inside(place, known)
    ]
    notes = []
    if counting and not is_same_folder(counting, folder):
        notes.append(_words("The routes of {folder} count here, too.").format(folder=counting))
    elif routed := [known for known in outer if known in config.projects]:
        text = _words("It is inside of {folder}: here its own routes count.")
        notes.append(text.format(folder=max(routed, key=len)))
    for known in outer:
        if names := forbidden_in(dict(config.raw), known):
            text = _words("Never sent to {providers} either, because of {folder}.")
            notes.append(text.format(providers=lists.names(names), folder=known))
    return notes


def _doubled(folder: str, folders: Sequence[str]) -> list[Trouble]:
    others = [each for each in folders if each != folder and is_same_folder(each, folder)]
    if not others:
        return []
    longest = max((folder, *others), key=len)
    text = _words("The same folder is also written as {other}. {counting} counts.")
    told = text.format(other=lists.names(others), counting=longest)
    return [Trouble(text=told, button=_words("Keep only this one"), mend="keep")]


def _wrong(folder: str, raw: JsonObject, issues: Sequence[Issue]) -> list[Trouble]:
    """Of the first place that names the folder: the others have the same to say."""
    for place in places_of(raw, folder):
        if found := [issue for issue in issues if issue.where == place]:
            return [Trouble(text=form_words(issue)) for issue in found]
    return []
