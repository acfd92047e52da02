"""The management paths about the configuration file: shown, changed, and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.config.origins import as_json
from ccr_desktop.core.server.answers import json_answer, read_object
from ccr_desktop.core.setup.secret_fields import masked
from ccr_desktop.core.setup.unmasking import unmasked
from ccr_desktop.errors import ClientError, ConfigConflict, ConfigError

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.http_library import web
    from ccr_desktop.core.relay import Relay
    from ccr_desktop.core.server.host import Host


class ConfigPaths:
    """Handlers for `/api/reload` and all below `/api/config`."""

    def __init__(self, host: Host, relay: Relay) -> None:
        self._host = host
        self._relay = relay

    def close(self) -> None:
        """Nobody asks any more; see `Api.close`."""
        del self._relay, self._host

    async def reload(self, _: web.Request) -> web.Response:
        await self._host.reload(always=True)
        await self._relay.look()
        return await self.issues(_)

    async def issues(self, _: web.Request) -> web.Response:
        return json_answer(
            {
                "issues": [
                    {
                        "where": issue.where,
                        "problem": issue.problem,
                        "hint": issue.hint,
                        "severity": issue.severity,
                    }
                    for issue in self._host.issues
                ]
            }
        )

    async def config(self, _: web.Request) -> web.Response:
        """The file as it is written, with secrets masked; references stay."""
        store = self._host.store
        return json_answer(
            {
                "path": str(self._host.config.source) if self._host.config.source else None,
                "save_path": str(store.save_path) if store else None,
                "revision": store.revision if store else None,
                "config": masked(dict(self._host.config.raw)),
            }
        )

    async def save_config(self, request: web.Request) -> web.Response:
        """Replace the file. `revision` is that of the state which was changed; masks stay."""
        wanted = await read_object(request)
        raw = wanted.get("config")
        if not isinstance(raw, dict):
            raise ClientError("config: an object is required")
        base = wanted.get("revision")
        if not isinstance(base, str | None):
            raise ClientError("revision: a text is required", "GET /api/config tells it.")
        return await self._changed(self._host.change(lambda old: unmasked(raw, old), base))

    async def versions(self, _: web.Request) -> web.Response:
        found = await self._host.versions()
        told = [
            {"id": v.name, "kept_s": v.kept_at.timestamp(), "origin": as_json(v.origin)}
            for v in found
        ]
        return json_answer({"versions": told})

    async def restore(self, request: web.Request) -> web.Response:
        version = str((await read_object(request)).get("version") or "")
        return await self._changed(self._host.restore(version))

    async def _changed(self, change: Awaitable[Config]) -> web.Response:
        try:
            await change
        except ConfigConflict as exc:
            raise ClientError(exc.title, exc.message, status=409) from exc
        except ConfigError as exc:
            raise ClientError(exc.title, exc.message) from exc
        store = self._host.store
        return json_answer({"revision": store.revision if store else None})
