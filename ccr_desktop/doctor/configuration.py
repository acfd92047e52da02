"""The settings file, and code of the user's that it names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ccr_desktop.core.config.origins import Origin, Source, Step
from ccr_desktop.core.daemons import beside
from ccr_desktop.core.own_files import LOG_SETTING
from ccr_desktop.core.planner import Planner
from ccr_desktop.core.setup.history import last_good
from ccr_desktop.core.transformers.plugin_files import PluginFiles
from ccr_desktop.core.transformers.registry import Transformers
from ccr_desktop.doctor.check import Around, Check, Finding, Repair, Side, Verdict, fine
from ccr_desktop.doctor.words import NOTHING, Words, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.setup.history import State


async def plugin_issues(config: Config) -> tuple[Issue, ...]:
    """What only shows when the user's own code is loaded, which this does."""
    plugins = await beside(lambda: PluginFiles().load(config.plugins))
    transformers = Transformers(config, plugins)
    planner = Planner(config)
    await planner.look()
    return (*transformers.issues, *planner.issues)


async def _file(around: Around) -> Finding:
    store = around.store
    issues = store.problems or tuple(store.config.issues)
    source = str(store.path or "built-in settings")
    first = issues[0].summarised() if issues else ""
    if not issues and store.path is None:
        return fine(say("There is none yet: the built-in settings count."))
    if not issues:
        return fine(say("{source} is in order.", source=source), page="settings/files")
    if store.problems:
        text = say("{source} can't be used: {problem}", source=source, problem=first)
        found = _problem(text, issues, "settings/text/problem")
        return replace(found, repair=await _way_back(around))
    is_error = any(issue.severity == "error" for issue in issues)
    return _problem(say("{problem}", problem=first), issues, "settings/files", is_error=is_error)


async def _way_back(around: Around) -> Repair | None:
    """None where no earlier version can be used."""
    base = around.store.revision
    good = await beside(lambda: last_good(around.store))
    if good is None:
        return None
    return Repair(
        say("Restore the last good version"),
        lambda: _restored(around, good, base),
        ("plugins", "keys"),
        changes_all=True,
    )


async def _restored(around: Around, good: State, base: str) -> Words:
    """The file as it was stays among the earlier versions; one that was mended since stays."""
    if around.restore is not None:
        await around.restore(good.name, base)
        return NOTHING
    await beside(lambda: _write(around.store, good, base))
    return say("The last good settings are in force again; the file as it was is in the history.")


def _write(store: ConfigStore, good: State, base: str) -> None:
    made_at = f"{good.made_at.astimezone():%Y-%m-%d %H:%M:%S}" if good.made_at else ""
    with store.noting(Origin(Source.COMMAND, made_at, Step.RESTORE)):
        store.restore(good.name, base=base)


async def _plugins(around: Around) -> Finding:
    config = around.config
    if around.issues is not None:
        known = {*config.issues, *around.store.problems}
        found = tuple(
            issue
            for issue in await around.issues()
            if issue not in known and issue.where != LOG_SETTING  # "folders" tells of that
        )
    else:
        found = await plugin_issues(config)
    if found:
        return _problem(say("{problem}", problem=found[0].summarised()), found, "settings/plugins")
    if not (config.plugins or config.custom_router_path):
        return fine(say("None are used."))
    return fine(say("All of them were loaded."), *(plugin.path for plugin in config.plugins))


def _problem(text: Words, issues: Sequence[Issue], page: str, *, is_error: bool = True) -> Finding:
    return Finding(
        verdict=Verdict.PROBLEM if is_error else Verdict.WARNING,
        text=text,
        side=Side.SETTINGS,
        remedy=say("`ccr config check` tells all of it."),
        in_window=say("“Show” leads to the place.")
        if len(issues) == 1
        else say("“Show” leads to the first one."),
        details=tuple(issue.summarised() for issue in issues),
        page=page,
        where=issues[0].where,
    )


CHECKS = (
    Check("configuration", say("Settings file"), _file),
    Check("plugins", say("Plugins"), _plugins, 20.0),
)
