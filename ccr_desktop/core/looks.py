"""Looks at pictures: requests that the router makes itself, for a model that does not see.

They go the way of all requests, with the same providers, keys, fallbacks and records.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from ccr_desktop.core.agents.image_tool import Look, WrongCall, report
from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.protocol.json import dumps_safe, loads_lenient
from ccr_desktop.core.routing.decision import Decision, Verdict
from ccr_desktop.core.upstream.failures import failure_of_error
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from ccr_desktop.core.agents.image_agent import ImageAgent
    from ccr_desktop.core.protocol.json import JsonObject

SCENARIO = "image"
_AT_ONCE = 4
_FAILED = "The images could not be looked at. Tell the user so, and why; don't guess. {reason}"

Ask = Callable[[Exchange], Awaitable[bytes]]


async def look(exchange: Exchange, ask: Ask) -> None:
    """Find out what the model wants to know, and let the agent go on with it.

    A look that fails is a result, too: the model tells the user.
    """
    agent = exchange.agent
    if agent is None:
        raise RuntimeError("nobody looks at pictures for this exchange")
    few = asyncio.Semaphore(_AT_ONCE)

    async def find_out(number: int, call: JsonObject) -> Look:
        async with few:
            return await _look(exchange, agent, ask, call, f"{exchange.id}-image{number}")

    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(find_out(agent.looks + index, call))
            for index, call in enumerate(agent.calls, 1)
        ]
    agent.note_looks([task.result() for task in tasks])


async def _look(
    exchange: Exchange, agent: ImageAgent, ask: Ask, call: JsonObject, name: str
) -> Look:
    try:
        body = agent.question(call)
        said = report(loads_lenient(await ask(_side(exchange, agent, body, name))))
    except WrongCall as exc:
        return Look(call, str(exc), is_error=True)
    except CcrError as exc:
        reason = failure_of_error(exc).message
        return Look(call, _FAILED.format(reason=reason), is_error=True)
    if not said:
        return Look(call, _FAILED.format(reason=f"{agent.routes[0]} said nothing."), is_error=True)
    return Look(call, said)


def _side(exchange: Exchange, agent: ImageAgent, body: JsonObject, name: str) -> Exchange:
    """A request of its own, which is routed already."""
    first, *rest = agent.routes
    told = exchange.decision.route if exchange.decision else ""
    side = Exchange(
        raw=dumps_safe(body),
        headers={k: v for k, v in exchange.headers.items() if k.startswith("x-claude-code-")},
        id=name,
        is_side=True,
    )
    side.body = body
    side.session_id = exchange.session_id
    side.config, side.transformers = exchange.config, exchange.transformers
    side.decision = Decision(
        route=first,
        scenario=SCENARIO,
        trace=(Verdict("imageAgent", f"a look at pictures for {told}", agent.routes),),
        fallbacks=tuple(rest),
    )
    return side
