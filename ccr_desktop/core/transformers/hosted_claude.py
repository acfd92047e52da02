"""What hosts of Claude beside Anthropic take of its newer models alone, or not at all.

Sources: what the package litellm (1.110) knows of each model (`supports_adaptive_thinking`,
`supports_output_config`), and the pages that `vertex_claude.py` and `bedrock_claude.py` name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.messages import as_object
from ccr_desktop.core.transformers.system_notes import MODEL_END, with_system_in_its_place

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_WITHOUT_EFFORT = re.compile(rf"claude-(3|haiku-4|(sonnet|opus)-4(-[0-5])?{MODEL_END})")
"""Models that neither choose for themselves how hard to think nor take an effort."""
_LEAST_BUDGET, _USUAL_BUDGET = 1024, 8192  # tokens


def takes_effort(model: str) -> bool:
    return not _WITHOUT_EFFORT.search(model)


def hosted_body(body: JsonObject, model: str) -> JsonObject:
    """*body* with thinking, form and system messages as *model* takes them."""
    kept = {name: value for name, value in body.items() if name != "output_format"}
    if isinstance(form := body.get("output_format"), dict):
        kept["output_config"] = {**as_object(kept.get("output_config")), "format": form}
    if not takes_effort(model):
        kept = _with_budget(kept)
    return with_system_in_its_place(kept, model)


def _with_budget(body: JsonObject) -> JsonObject:
    """*body* for a model that is told in tokens how long to think."""
    config = as_object(body.get("output_config"))
    kept = {name: value for name, value in config.items() if name != "effort"}
    changed = {name: value for name, value in body.items() if name != "output_config"}
    if kept:
        changed["output_config"] = kept
    thinking = as_object(body.get("thinking"))
    if thinking.get("type") == "adaptive":
        changed["thinking"] = _budgeted(body.get("max_tokens"))
    return changed


def _budgeted(limit: Any) -> JsonObject:
    """Thinking that leaves room for words in an answer of at most *limit* tokens."""
    if not isinstance(limit, int) or limit <= _LEAST_BUDGET:
        return {"type": "disabled"}
    return {"type": "enabled", "budget_tokens": min(_USUAL_BUDGET, limit - 1)}
