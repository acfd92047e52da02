"""What is on this computer already: old settings, servers of models, keys in the environment."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.core.presets.library import foreign_folder
from ccr_desktop.core.setup.importing import Import, read_import
from ccr_desktop.core.setup.templates import Template, templates
from ccr_desktop.core.transfer.places import Source, sources_here
from ccr_desktop.core.upstream.local_servers import LocalServer, find_local_servers
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.config.schema import Config


@dataclass(frozen=True, slots=True)
class Findings:
    """`old` is None without settings of claude-code-router; `trouble` says why they are unread."""

    old: Import | None = None
    trouble: str = ""
    servers: tuple[LocalServer, ...] = ()
    environment: tuple[Template, ...] = ()
    """Those whose variable is set; what it holds is not looked at."""
    others: tuple[Source, ...] = ()
    """Settings of other programs, of which pieces can be taken."""


async def find_all(
    config: Config, environment: Mapping[str, str], *, local: bool = True
) -> Findings:
    """Everything at once; nothing is changed. Servers are asked at their usual ports only."""
    (old, trouble), others, servers = await asyncio.gather(
        asyncio.to_thread(_old_settings),
        asyncio.to_thread(_other_settings),
        find_local_servers(config, None if local else ()),
    )
    return Findings(old, trouble, tuple(servers), tuple(keys_in(environment)), others)


def keys_in(environment: Mapping[str, str]) -> list[Template]:
    """One template for each variable that is set."""
    found: dict[str, Template] = {}
    for template in templates().values():
        if template.env and environment.get(template.env) and not template.retired:
            found.setdefault(template.env, template)
    return list(found.values())


def _other_settings() -> tuple[Source, ...]:
    old = paths.legacy_config_file()
    return tuple(source for source in sources_here() if source.path != old)


def _old_settings() -> tuple[Import | None, str]:
    source = paths.legacy_config_file()
    if not source.is_file():
        return None, ""
    try:
        return read_import(source, foreign_folder()), ""
    except (CcrError, OSError) as exc:
        return None, str(exc)
