"""What Claude on Vertex AI takes of a request that was written for Anthropic's own address.

Sources: https://docs.anthropic.com/en/api/claude-on-vertex-ai, and the table of beta features that
the package litellm (1.110, `anthropic_beta_headers_config.json`) keeps for it. A name that Vertex
AI does not know is refused, and with it the whole request.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.transformers.system_notes import with_system_in_its_place

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

VERSION = "vertex-2023-10-16"
_BETA, _VERSION_HEADER = "anthropic-beta", "anthropic-version"
_ACCEPTED = frozenset(
    {
        "afk-mode-2026-01-31",
        "claude-code-20250219",
        "compact-2026-01-12",
        "computer-use-2025-01-24",
        "computer-use-2025-11-24",
        "context-1m-2025-08-07",
        "context-management-2025-06-27",
        "effort-2025-11-24",
        "fallback-credit-2026-06-01",
        "fallback-credit-2026-07-01",
        "fine-grained-tool-streaming-2025-05-14",
        "inline-tools-2026-09-15",
        "interleaved-thinking-2025-05-14",
        "mid-conversation-output-config-2026-07-01",
        "mid-conversation-system-clear-at-2026-08-21",
        "mid-conversation-tool-changes-2026-07-01",
        "model-context-window-exceeded-2025-08-26",
        "output-128k-2025-02-19",
        "pdfs-2024-09-25",
        "per-turn-control-2026-07-01",
        "server-side-fallback-2026-06-01",
        "structured-outputs-2025-11-13",
        "structured-outputs-2025-12-15",
        "task-budgets-2026-03-13",
        "thinking-binding-controls-2026-08-01",
        "thinking-display-updates-2026-08-18",
        "thinking-token-count-2026-05-13",
        "token-counting-2024-11-01",
        "token-efficient-tools-2025-02-19",
        "tool-examples-2025-10-29",
        "tool-search-tool-2025-10-19",
        "web-search-2025-03-05",
    }
)
_RENAMED = {"advanced-tool-use-2025-11-20": "tool-search-tool-2025-10-19"}
_LEFT_OUT = frozenset({"model", "safeguards", "output_format"})
_WITHOUT_EFFORT = re.compile(r"claude-(3|haiku-4|(sonnet|opus)-4(-[0-5])?(@|$))")
"""Models that neither choose for themselves how hard to think nor take an effort."""
_LISTS = ("system", "messages", "tools", "content")  # where cache marks are
_LEAST_BUDGET, _USUAL_BUDGET = 1024, 8192  # tokens


def vertex_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """*headers* without the version, which is in the body, and without unknown beta features."""
    kept = {name: value for name, value in headers.items() if name != _VERSION_HEADER}
    if said := kept.pop(_BETA, ""):
        names = (_RENAMED.get(name, name) for name in map(str.strip, said.split(",")))
        if known := [name for name in dict.fromkeys(names) if name in _ACCEPTED]:
            kept[_BETA] = ",".join(known)
    return kept


def vertex_body(body: JsonObject, model: str) -> JsonObject:
    """*body* as the endpoint of *model* takes it; the model itself stands in the address."""
    kept = {name: value for name, value in body.items() if name not in _LEFT_OUT}
    if isinstance(form := body.get("output_format"), dict):
        kept["output_config"] = {**_object(kept.get("output_config")), "format": form}
    if _WITHOUT_EFFORT.search(model):
        kept = _with_budget(kept)
    placed = with_system_in_its_place(kept, model)
    return _unscoped({"anthropic_version": VERSION, **placed})


def _with_budget(body: JsonObject) -> JsonObject:
    """*body* for a model that is told in tokens how long to think."""
    config = _object(body.get("output_config"))
    kept = {name: value for name, value in config.items() if name != "effort"}
    changed = {name: value for name, value in body.items() if name != "output_config"}
    if kept:
        changed["output_config"] = kept
    thinking = _object(body.get("thinking"))
    if thinking.get("type") == "adaptive":
        changed["thinking"] = _budgeted(body.get("max_tokens"))
    return changed


def _budgeted(limit: Any) -> JsonObject:
    """Thinking that leaves room for words in an answer of at most *limit* tokens."""
    if not isinstance(limit, int) or limit <= _LEAST_BUDGET:
        return {"type": "disabled"}
    return {"type": "enabled", "budget_tokens": min(_USUAL_BUDGET, limit - 1)}


def _unscoped(item: JsonObject) -> JsonObject:
    """*item* without `scope` in its cache marks."""
    changed: JsonObject = {
        name: [_unscoped(entry) if isinstance(entry, dict) else entry for entry in item[name]]
        for name in _LISTS
        if isinstance(item.get(name), list)
    }
    mark = _object(item.get("cache_control"))
    if "scope" in mark:
        changed["cache_control"] = {name: mark[name] for name in mark if name != "scope"}
    return {**item, **changed}


def _object(value: Any) -> JsonObject:
    return value if isinstance(value, dict) else {}
