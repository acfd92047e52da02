"""What nobody knows of a request that is only supposed, such as a past one.

A rule that asks for it gets no answer: neither yes nor no would be true.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum
from typing import TYPE_CHECKING

from ccr_desktop.core.routing.decision import Verdict

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config


class Fact(Enum):
    """A part of a request, and what is said where a rule needs it and it is not known."""

    TEXT = "not known: what was said in the request is not kept"
    CALLS = "not known: which tools were called before is not kept"
    TOOLS = "not known: the tools of the request are not kept"
    HEADERS = "not known: the headers of the request are not kept"
    FIELDS = "not known: the members of the request are not kept"
    PICTURE = "not known: whether it held a picture is not kept"
    THINKING = "not known: its signs of thinking are not kept"
    AGENT = "not known: the name of the sub-agent is not kept"
    SUBAGENT = "not known: whether a sub-agent asked is not kept"
    TAG = "not known: whether a prompt of it named a model is not kept"
    STREAM = "not known: whether it wanted a stream is not kept"
    SIZE = "not known: the tokens of the request were not counted"


ALWAYS = frozenset({Fact.TEXT, Fact.CALLS, Fact.HEADERS, Fact.FIELDS})
"""What is kept of no request."""

_CONDITIONS: Mapping[str, Fact] = {
    "tokensOver": Fact.SIZE,
    "tokensUnder": Fact.SIZE,
    "tool": Fact.TOOLS,
    "header": Fact.HEADERS,
    "contains": Fact.TEXT,
    "agent": Fact.AGENT,
    "hasImage": Fact.PICTURE,
    "thinking": Fact.THINKING,
    "field": Fact.FIELDS,
    "stream": Fact.STREAM,
}
_RULES: Mapping[str, Fact] = {
    "custom": Fact.TEXT,
    "subagentTag": Fact.TAG,
    "longContext": Fact.SIZE,
    "image": Fact.PICTURE,
    "webSearch": Fact.TOOLS,
    "think": Fact.THINKING,
    "subagent": Fact.SUBAGENT,
}


def lacking(condition: str, unknown: Collection[Fact]) -> Fact | None:
    """What *condition* asks for and nobody knows."""
    fact = _CONDITIONS.get(condition)
    return fact if fact in unknown else None


def known_or_not(verdict: Verdict, unknown: Collection[Fact], config: Config) -> Verdict:
    """*verdict* of a rule of the router's own, unless it hangs on what nobody knows."""
    fact = _RULES.get(verdict.rule) if verdict.rule != "agent" else _of_agents(unknown)
    if fact is None or fact not in unknown or not _is_set(verdict.rule, config):
        return verdict
    return Verdict(verdict.rule, fact.value, is_unknown=True)


def _of_agents(unknown: Collection[Fact]) -> Fact:
    return Fact.SUBAGENT if Fact.SUBAGENT in unknown else Fact.AGENT


def _is_set(rule: str, config: Config) -> bool:
    router = config.router
    match rule:
        case "custom":
            return bool(config.custom_router_path)
        case "agent":
            return bool(router.agents)
        case "subagentTag":
            return True
        case _:
            return bool(router.routes.get(rule))
