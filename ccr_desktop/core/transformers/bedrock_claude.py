"""What Claude at Amazon Bedrock takes of a request that was written for Anthropic's own address.

Sources: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-messages-api.html and
…/model-parameters-anthropic-claude-messages-request-response.html, the package anthropic (2.14,
`lib/bedrock`), and what the package litellm (1.110) has found to be refused: its types for Bedrock
and its `anthropic_beta_headers_config.json`. One name that is not known refuses the whole request.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.checks import check_members
from ccr_desktop.core.protocol.messages import as_object, objects, with_marks
from ccr_desktop.core.transformers.hosted_claude import hosted_body, takes_effort
from ccr_desktop.core.transformers.system_notes import MODEL_END
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

VERSION = "bedrock-2023-05-31"
_BETA, _VERSION_HEADER = "anthropic-beta", "anthropic-version"
_OF_BOTH = frozenset(
    {
        "compact-2026-01-12",
        "computer-use-2025-01-24",
        "computer-use-2025-11-24",
        "context-1m-2025-08-07",
        "context-management-2025-06-27",
        "effort-2025-11-24",
        "fine-grained-tool-streaming-2025-05-14",
        "thinking-binding-controls-2026-08-01",
        "thinking-display-updates-2026-08-18",
        "tool-search-tool-2025-10-19",
    }
)
_OF_INVOKE = _OF_BOTH | {
    "mid-conversation-output-config-2026-07-01",
    "mid-conversation-tool-changes-2026-07-01",
}
_OF_MESSAGES = _OF_BOTH | {
    "claude-code-20250219",
    "output-128k-2025-02-19",
    "per-turn-control-2026-07-01",
    "structured-outputs-2025-11-13",
    "token-efficient-tools-2025-02-19",
    "tool-examples-2025-10-29",
}
_RENAMED = {"advanced-tool-use-2025-11-20": "tool-search-tool-2025-10-19"}
_MEMBERS = frozenset(
    {
        "context_management",
        "max_tokens",
        "messages",
        "output_config",
        "output_format",
        "stop_sequences",
        "system",
        "temperature",
        "thinking",
        "tool_choice",
        "tools",
        "top_k",
        "top_p",
    }
)
_EDITS = frozenset({"compact_20260112", "clear_tool_uses_20250919"})
"""What may be said in `context_management`."""
_TOOL_MEMBERS_LEFT_OUT = frozenset({"custom", "eager_input_streaming"})
_OF_SERVERS = re.compile(r"(web_search|web_fetch|code_execution|advisor)_\d|mcp_toolset")
"""Tools that only Anthropic's own servers run."""
_WITHOUT_TTL = re.compile(rf"claude-(3|(sonnet|opus)-4(-1)?{MODEL_END})")


def bedrock_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """*headers* without what stands in the body of an `invoke`."""
    return {name: value for name, value in headers.items() if name not in (_BETA, _VERSION_HEADER)}


def messages_headers(headers: Mapping[str, str], body: JsonObject, model: str) -> dict[str, str]:
    """*headers* for Bedrock's own Messages endpoint, without unknown beta features."""
    kept = {name: value for name, value in headers.items() if name != _BETA}
    features = _features(headers.get(_BETA, ""), body, model, _OF_MESSAGES)
    return {**kept, _BETA: ",".join(features)} if features else kept


def invoke_body(body: JsonObject, model: str, said: str) -> JsonObject:
    """*body* for `invoke`: the model stands in the address, beta features as *said* in here."""
    made = {"anthropic_version": VERSION, **bedrock_body(body, model)}
    features = _features(said, made, model, _OF_INVOKE)
    return {**made, "anthropic_beta": features} if features else made


def bedrock_body(body: JsonObject, model: str) -> JsonObject:
    """*body* with what *model* takes there, and nothing else."""
    check_members(body)
    kept = {name: value for name, value in body.items() if name in _MEMBERS}
    made = hosted_body(_with_known_edits(_with_own_tools(kept)), model)
    known = {"type"} if _WITHOUT_TTL.search(model) else {"type", "ttl"}
    return with_marks(made, known.__contains__)


def _features(said: str, body: JsonObject, model: str, known: frozenset[str]) -> list[str]:
    """The names of *said* that are known and have a use."""
    useless = set() if "context_management" in body else {"context-management-2025-06-27"}
    if not takes_effort(model):
        useless.add("effort-2025-11-24")
    names = (_RENAMED.get(name, name) for name in map(str.strip, said.split(",")))
    return [name for name in dict.fromkeys(names) if name in known - useless]


def _with_known_edits(body: JsonObject) -> JsonObject:
    """*body* without the edits of the conversation that are Anthropic's alone."""
    wish = as_object(body.get("context_management"))
    edits = [edit for edit in objects(wish.get("edits")) if edit.get("type") in _EDITS]
    kept = {name: value for name, value in body.items() if name != "context_management"}
    return {**kept, "context_management": {**wish, "edits": edits}} if edits else kept


def _with_own_tools(body: JsonObject) -> JsonObject:
    """*body* without tools that would have to run at Anthropic's; one that needs them fails."""
    if not isinstance(body.get("tools"), list):
        return body
    tools = objects(body["tools"])
    left = [tool for tool in tools if not _OF_SERVERS.match(str(tool.get("type") or ""))]
    gone = [tool for tool in tools if tool not in left]
    wanted = as_object(body.get("tool_choice")).get("name")
    if gone and (not left or wanted in {tool.get("name") for tool in gone}):
        named = ", ".join(str(tool.get("type")) for tool in gone)
        hint = "Give Router.webSearch a route to another provider."
        raise ClientError(f"Claude at Amazon Bedrock has no {named}", hint)
    return {**body, "tools": [_plain(tool) for tool in left]}


def _plain(tool: JsonObject) -> JsonObject:
    kept = {name: tool[name] for name in tool if name not in _TOOL_MEMBERS_LEFT_OUT}
    deferred = as_object(tool.get("custom")).get("defer_loading")
    return {"defer_loading": deferred, **kept} if isinstance(deferred, bool) else kept
