"""Which route a request would take, told by the service, or without one by the same rules."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.planner import Planner
from ccr_desktop.core.protocol.json import dumps_safe
from ccr_desktop.core.routing.prompts import TextFiles, agent_prompts
from ccr_desktop.core.routing.subagents import OWN_AGENTS
from ccr_desktop.desktop.trial import body_of, headers_of

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.routing.decision import Decision
    from ccr_desktop.core.service import Service
    from ccr_desktop.desktop.hosting import Host
    from ccr_desktop.desktop.trial import Trial


async def explained(trial: Trial, host: Host, config: Config) -> Decision:
    """The decision; nothing is sent. Raises a `CcrError` where the request would be refused."""
    body = await asyncio.to_thread(body_of, trial)
    headers = headers_of(trial)

    async def explain(service: Service) -> Decision:
        return await service.explain(body, headers, trial.unknown, trial.at_s)

    if host.is_running:
        return await host.call(explain)
    supposed = Exchange(
        raw=dumps_safe(body),
        headers=headers,
        config=config,
        unknown=trial.unknown,
        asked_at_s=trial.at_s,
    )
    return await asyncio.to_thread(_planned, supposed, config)


async def own_prompts(trial: Trial) -> dict[str, str]:
    """The prompts of the user's own helper agents, where the trial is about one of them."""
    if not trial.agent or trial.agent in OWN_AGENTS.values():
        return {}
    return await asyncio.to_thread(_prompts, trial.folder.strip())


def _prompts(folder: str) -> dict[str, str]:
    return agent_prompts(TextFiles(), Path.home(), paths.expanded(folder) if folder else None)


def _planned(exchange: Exchange, config: Config) -> Decision:
    return asyncio.run(Planner(config).plan(exchange))
