"""What becomes of the user's own code: asked of the running router, else looked at here."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop.core.config.known_transformers import replaced_script
from ccr_desktop.core.daemons import beside
from ccr_desktop.core.routing.custom import CustomRouter
from ccr_desktop.core.transformers.plugin_files import PluginFiles, Plugins
from ccr_desktop.core.transformers.registry import Transformers
from ccr_desktop.core.user_code import is_javascript
from ccr_desktop.desktop.pages.settings.plugin_records import (
    CodeSeen,
    Load,
    RouterSeen,
    plugins_seen,
)
from ccr_desktop.desktop.service_state import Phase
from ccr_desktop.errors import ServiceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.service import Service
    from ccr_desktop.desktop.bridge import Bridge

_Asked = tuple[Plugins, RouterSeen | None]


class PluginWatch:
    """Its looks are cheap: a file is loaded when it changed, and by the router where one runs."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._files = PluginFiles()
        self._made: tuple[Config, Plugins, Plugins] | None = None
        self._router: tuple[str, CustomRouter] | None = None

    async def look(self) -> CodeSeen | None:
        """How all of it stands; None while the router starts or ends."""
        written, raw = self._bridge.written, self._bridge.raw
        paths = [file.path for file in written.plugins]
        router_path = written.custom_router_path
        is_there, has_node = await asyncio.to_thread(_look_at_disk, [*paths, router_path])
        try:
            plugins, router = await self._bridge.host.call(_running)
        except ServiceError:
            if self._bridge.supervisor.state.phase not in {Phase.OFF, Phase.FAILED}:
                return None
            plugins, router = await self._looked_at_here()
        if router_path and (router is None or router.path != router_path):
            router = RouterSeen(router_path, Load.WAITING)
        if router and router_path not in is_there:
            router = RouterSeen(router_path, Load.MISSING)
        return CodeSeen(
            plugins_seen(raw, written, plugins, is_there),
            router if router_path else None,
            not has_node and _has_javascript([*paths, router_path]),
        )

    async def _looked_at_here(self) -> _Asked:
        """Nothing runs: the files are loaded in this process, as `ccr plugins list` does."""
        written = self._bridge.written
        plugins = await beside(lambda: self._made_here(written))
        path = written.custom_router_path
        if not path:
            return plugins, None
        if self._router is None or self._router[0] != path:
            self._router = path, CustomRouter(path, self._files.sidecar)
        router = self._router[1]
        await router.look()
        return plugins, _router_seen(router)

    def _made_here(self, written: Config) -> Plugins:
        """What can't be made shows in chains, which are made once for what is found."""
        found = self._files.load(written.plugins)
        before = self._made
        if before is None or before[0] is not written or before[1] != found:
            self._made = before = written, found, Transformers(written, found).plugins
        return before[2]


async def _running(service: Service) -> _Asked:
    """What the router has loaded; on its own loop."""
    plugins = service.plugins
    if plugins is None:
        raise ServiceError("The router is not running", "It has loaded nothing.")
    router = service.custom_router
    return plugins, _router_seen(router) if router else None


def _router_seen(router: CustomRouter) -> RouterSeen:
    problem = router.issue.problem.removeprefix(f"{router.path}: ") if router.issue else ""
    if router.is_loaded:
        return RouterSeen(str(router.path), Load.LOADED, problem)
    return RouterSeen(str(router.path), Load.FAILED if problem else Load.WAITING, problem)


def _look_at_disk(paths: Sequence[str]) -> tuple[list[str], bool]:
    is_there = [path for path in paths if path and os.path.isfile(path)]  # noqa: PTH113
    return is_there, shutil.which("node") is not None


def _has_javascript(paths: Sequence[str]) -> bool:
    return any(is_javascript(Path(path)) and not replaced_script(path) for path in paths)
