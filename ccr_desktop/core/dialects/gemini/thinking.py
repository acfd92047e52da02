"""Whether and how hard to think: a level for some models, a budget of tokens for others.

Source: https://ai.google.dev/gemini-api/docs/thinking
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.effort import EFFORTS, nearest_effort, wanted_effort

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.providers.gemini_models import GeminiModel

# The budget in tokens that each effort stands for; the model's limits apply afterwards.
_BUDGETS = {"minimal": 512, "low": 1024, "medium": 8192, "high": 24_576, "xhigh": 32_768}
_MOST = 128_000


def encode_thinking(body: JsonObject, model: GeminiModel) -> JsonObject:
    """The `thinkingConfig`, where the client has a wish and the model can be told."""
    if not (body.get("thinking") or {}).get("type"):
        return {}
    if model.thinking_levels:
        return {"thinkingConfig": _level(body, model)}
    if model.thinking_budgets:
        return {"thinkingConfig": _budget(body, model, model.thinking_budgets)}
    return {}


def _level(body: JsonObject, model: GeminiModel) -> JsonObject:
    effort = wanted_effort(body)
    if effort is None:
        return {"includeThoughts": True}
    level = {"thinkingLevel": nearest_effort(effort, model.thinking_levels).upper()}
    return level if effort == "none" else {"includeThoughts": True, **level}


def _budget(body: JsonObject, model: GeminiModel, limits: tuple[int, int]) -> JsonObject:
    smallest, largest = limits
    effort = wanted_effort(body)
    if effort is None:
        return {"includeThoughts": True}
    if effort == "none":
        return {"thinkingBudget": 0 if model.can_stop_thinking else smallest}
    budget = min(max(_wanted_budget(body, effort), smallest), largest)
    return {"includeThoughts": True, "thinkingBudget": budget}


def _wanted_budget(body: JsonObject, effort: str) -> int:
    """The client's own number, unless it names an effort, which counts more."""
    budget = body["thinking"].get("budget_tokens")
    names_effort = (body.get("output_config") or {}).get("effort") in EFFORTS
    if isinstance(budget, int) and not names_effort:
        return budget
    return _BUDGETS.get(effort, _MOST)
