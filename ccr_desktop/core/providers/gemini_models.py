"""Built-in facts about Gemini models: data only.

Sources: https://ai.google.dev/gemini-api/docs/thinking, …/thought-signatures,
…/function-calling, …/file-input-methods and …/models.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class GeminiModel:
    """Facts about a family of models. The defaults are the careful ones."""

    thinking_levels: tuple[str, ...] = ()
    """The levels that are accepted, weakest first; none: the model takes no level."""
    thinking_budgets: tuple[int, int] | None = None
    """The smallest and the largest budget in tokens; None: the model takes no budget."""
    can_stop_thinking: bool = False
    """Whether a budget of 0 switches thinking off."""
    demands_signatures: bool = False
    """Whether a function call without its `thoughtSignature` is refused."""
    media_in_results: bool = False
    """Whether a `functionResponse` may hold images and documents."""
    reads_urls: bool = False
    """Whether it reads files on the open web by their address."""
    structures_beside_tools: bool = False
    """Whether an answer by a schema can be asked for beside functions."""
    max_output_tokens: int = 65_536
    """The largest answer, thoughts included."""


UNKNOWN = GeminiModel()
GEMINI_2 = replace(UNKNOWN, max_output_tokens=8_192)
GEMINI_25_FLASH = replace(
    UNKNOWN, thinking_budgets=(1, 24_576), can_stop_thinking=True, reads_urls=True
)
GEMINI_25_FLASH_LITE = replace(GEMINI_25_FLASH, thinking_budgets=(512, 24_576))
GEMINI_25_PRO = replace(GEMINI_25_FLASH, thinking_budgets=(128, 32_768), can_stop_thinking=False)
GEMINI_3 = GeminiModel(
    thinking_levels=("minimal", "low", "medium", "high"),
    demands_signatures=True,
    media_in_results=True,
    reads_urls=True,
    structures_beside_tools=True,
)
GEMINI_3_PRO = replace(GEMINI_3, thinking_levels=("low", "high"))
GEMINI_31_PRO = replace(GEMINI_3, thinking_levels=("low", "medium", "high"))

_BY_NAME: tuple[tuple[str, GeminiModel], ...] = (
    (r"gemini-[12]\.0|gemini-1\.5", GEMINI_2),
    (r"gemini-2\.5-pro", GEMINI_25_PRO),
    (r"gemini-2\.5-flash-lite", GEMINI_25_FLASH_LITE),
    (r"gemini-2\.5", GEMINI_25_FLASH),
    (r"gemini-(3-)?pro", GEMINI_3_PRO),
    (r"gemini-[3-9][.\d]*-pro", GEMINI_31_PRO),
    (r"gemini-([3-9]|flash)", GEMINI_3),
)


def find_model(name: str) -> GeminiModel:
    """The facts about the model with this name; the careful ones when nobody knows it."""
    return next((model for pattern, model in _BY_NAME if re.search(pattern, name)), UNKNOWN)
