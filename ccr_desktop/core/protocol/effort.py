"""How hard a client wants the model to think."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.protocol.json import JsonObject

EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh", "max")
_AS = {"default": "medium"}  # what leaves it to the model stands in the middle
# The largest thinking budget, in tokens, that each effort stands for.
_BUDGETS = ((0, "none"), (512, "minimal"), (1024, "low"), (8192, "medium"), (24576, "high"))


def wanted_effort(body: JsonObject) -> str | None:
    """The effort that the client asks for; `"none"` when it wants no thinking; None: no wish."""
    thinking = body.get("thinking") or {}
    effort = (body.get("output_config") or {}).get("effort")
    match thinking.get("type"):
        case None:
            return None
        case "disabled":
            return "none"
        case _ if isinstance(effort, str) and effort in EFFORTS:
            return effort
        case "enabled":
            budget = thinking.get("budget_tokens")
            return _effort_of_budget(budget) if isinstance(budget, int) else None
        case _:
            return None


def _effort_of_budget(budget: int) -> str:
    return next((effort for limit, effort in _BUDGETS if budget <= limit), "xhigh")


def nearest_effort(effort: str, levels: Sequence[str]) -> str:
    """The accepted effort closest to the wish: an unknown one is a hard error everywhere.

    Who asks for more than `high` gets the greater of two that are as close.
    """
    wanted = EFFORTS.index(effort)
    upwards = -1 if wanted > EFFORTS.index("high") else 1

    def distance(level: str) -> tuple[int, int]:
        place = EFFORTS.index(_AS.get(level, level))
        return abs(place - wanted), upwards * place

    return min(levels, key=distance)
