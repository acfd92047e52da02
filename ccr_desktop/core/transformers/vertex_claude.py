"""What Claude on Vertex AI takes of a request that was written for Anthropic's own address.

Sources: https://docs.anthropic.com/en/api/claude-on-vertex-ai, and the table of beta features that
the package litellm (1.110, `anthropic_beta_headers_config.json`) keeps for it. A name that Vertex
AI does not know is refused, and with it the whole request.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.messages import with_marks
from ccr_desktop.core.transformers.hosted_claude import hosted_body

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
_LEFT_OUT = frozenset({"model", "safeguards"})


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
    made = {"anthropic_version": VERSION, **hosted_body(kept, model)}
    return with_marks(made, lambda member: member != "scope")
