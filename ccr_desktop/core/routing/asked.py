"""From a request to what may be kept of it: names and signs, nothing that was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.observe.asked import Asked
from ccr_desktop.core.protocol.messages import objects
from ccr_desktop.core.routing.rules import SCENARIO_HEADER

if TYPE_CHECKING:
    from ccr_desktop.core.routing.turn import RequestFacts


def asked_of(facts: RequestFacts) -> Asked:
    tools = objects(facts.body.get("tools"))
    is_subagent = facts.is_subagent
    return Asked(
        tools=tuple(facts.tool_names),
        searches_web=any(str(tool.get("type")).startswith("web_search") for tool in tools),
        has_image=facts.has_image,
        has_new_image=facts.has_image and facts.has_new_image,
        signs=facts.thinking_signs,
        is_subagent=is_subagent,
        agent=facts.agent or (None if is_subagent else ""),
        is_stream=facts.body.get("stream") is True,
        tag=facts.tag.model,
        named_route=facts.headers.get(SCENARIO_HEADER, ""),
    )
