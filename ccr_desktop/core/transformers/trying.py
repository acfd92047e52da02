"""The transformers of one file, tried out on the sample: for the command line and the window."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.daemons import finished
from ccr_desktop.core.transformers.chain import Link
from ccr_desktop.core.transformers.plugin_files import PluginFiles
from ccr_desktop.core.transformers.rehearsal import rehearse
from ccr_desktop.core.user_code import why
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import PluginFile
    from ccr_desktop.core.transformers.plugin_files import PluginClass, Plugins
    from ccr_desktop.core.transformers.rehearsal import Step

LIMIT_S = 30.0


@dataclass(frozen=True, slots=True)
class Tried:
    """What the hooks of one transformer did, in their order."""

    name: str
    steps: tuple[Step, ...]


def links_in(plugins: Plugins, options: Mapping[str, Any]) -> list[Link]:
    """Each transformer of a file, made with *options*. Raises `CcrError` where there is none."""
    if not plugins.classes:
        path, problem = next(iter(plugins.broken.items()), ("The file", "there is nothing in it"))
        raise CcrError(f"{path} can't be loaded", problem)
    return [made(name, plugin, options) for name, plugin in plugins.classes.items()]


def made(name: str, plugin: PluginClass, options: Mapping[str, Any]) -> Link:
    """One transformer of the user's. Raises `CcrError` when it can't be made."""
    try:
        return Link(name, plugin.instance(options), options, is_plugin=True)
    except BaseException as exc:  # whatever somebody else's code raises
        trace = why(exc, Path(plugin.file.path))
        reason = "\n".join(dict.fromkeys([trace.splitlines()[-1], trace]))
        raise CcrError(f"The transformer {name!r} can't be made", reason) from exc


def try_out(file: PluginFile, options: Mapping[str, Any]) -> list[Tried]:
    """Load a file anew and rehearse all that is in it. Runs its code, and blocks meanwhile.

    Raises `CcrError`, also when it takes longer than `LIMIT_S`.
    """
    try:
        return finished(partial(_tried, file, options), LIMIT_S)
    except TimeoutError as exc:
        raise CcrError(f"{file.path} did not end", f"It took longer than {LIMIT_S:g} s.") from exc


def _tried(file: PluginFile, options: Mapping[str, Any]) -> list[Tried]:
    files = PluginFiles()
    links = links_in(files.load([file]), options)

    async def rehearsed() -> list[Tried]:
        try:
            return [Tried(link.name, tuple(await rehearse(link))) for link in links]
        finally:
            await files.sidecar.stop()

    return asyncio.run(rehearsed())
