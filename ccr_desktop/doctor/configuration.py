"""The settings file, and code of the user's that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.daemons import beside
from ccr_desktop.core.own_files import LOG_SETTING
from ccr_desktop.core.planner import Planner
from ccr_desktop.core.transformers.plugin_files import PluginFiles
from ccr_desktop.core.transformers.registry import Transformers
from ccr_desktop.doctor.check import Around, Check, Finding, Side, Verdict, fine
from ccr_desktop.doctor.words import Words, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.schema import Config


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
    if not issues and store.path is None:
        return fine(say("There is none yet: the built-in settings count."))
    if not issues:
        return fine(say("{source} is in order.", source=source), page="settings/files")
    if store.problems:
        text = say("{source} can't be used: {problem}", source=source, problem=str(issues[0]))
        return _problem(text, issues, "settings/files")
    is_error = any(issue.severity == "error" for issue in issues)
    return _problem(
        say("{problem}", problem=str(issues[0])), issues, "settings/files", is_error=is_error
    )


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
        return _problem(say("{problem}", problem=str(found[0])), found, "settings/plugins")
    if not (config.plugins or config.custom_router_path):
        return fine(say("None are used."))
    return fine(say("All of them were loaded."), *(plugin.path for plugin in config.plugins))


def _problem(text: Words, issues: Sequence[Issue], page: str, *, is_error: bool = True) -> Finding:
    return Finding(
        verdict=Verdict.PROBLEM if is_error else Verdict.WARNING,
        text=text,
        side=Side.SETTINGS,
        remedy=say("`ccr config check` tells all of it."),
        details=tuple(map(str, issues)),
        page=page,
        where=issues[0].where,
    )


CHECKS = (
    Check("configuration", say("Settings file"), _file),
    Check("plugins", say("Plugins"), _plugins, 20.0),
)
