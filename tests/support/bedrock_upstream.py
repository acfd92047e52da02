"""Claude at Amazon Bedrock, scripted: it takes what Bedrock takes, and answers as it does.

By `invoke`, where streams come in frames, and by its Messages API.

The rules are those that the pages and packages say which `bedrock_claude.py` names.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from aiohttp import web

from tests.support.aws_frames import CONTENT_TYPE, chunk
from tests.support.claude_events import stream_events, whole_message
from tests.support.turns import Answer, JsonObject, Raw, Turn
from tests.support.upstream import Request, Upstream

KEY = "bedrock-api-key-scripted"
STREAM = "invoke-with-response-stream"
MESSAGES = "/anthropic/v1/messages"
_PATH = re.compile(r"/model/([^/]+)/(invoke(?:-with-response-stream)?)")
_OLD = re.compile(r"claude-(haiku-4|(sonnet|opus)-4)-?5?-\d{8}")
_MEMBERS = {
    *("anthropic_version", "anthropic_beta", "max_tokens", "messages", "system", "tools"),
    *("tool_choice", "thinking", "output_config", "context_management", "stop_sequences"),
    *("temperature", "top_p", "top_k"),
}
_TOOL_MEMBERS = {"name", "description", "input_schema", "cache_control", "type", "defer_loading"}
_BETAS = re.compile(
    r"(compact|computer-use|context-1m|context-management|effort|fine-grained-tool-streaming"
    r"|thinking-(binding|display)|tool-search-tool|mid-conversation-(output|tool))[a-z0-9-]*"
)
_OF_MESSAGES = {
    *("claude-code-20250219", "output-128k-2025-02-19", "per-turn-control-2026-07-01"),
    *("structured-outputs-2025-11-13", "token-efficient-tools-2025-02-19"),
    "tool-examples-2025-10-29",
}
_EDITS = {"clear_tool_uses_20250919", "compact_20260112"}
_VERSION = re.compile(r"(bedrock-)?\d{4}-\d\d-\d\d")
"""The documented one is `bedrock-2023-05-31`; the official client sends Anthropic's own."""
_EXTRA = "Extra inputs are not permitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class BedrockRequest(Request):
    """A request for Claude; its model is in the address."""

    @property
    def model(self) -> str:
        path = _PATH.fullmatch(self.path)
        return unquote(path[1]) if path else str(self.body.get("model", ""))


class BedrockUpstream(Upstream):
    """One that says no, and counts how often."""

    request_type = BedrockRequest

    def __init__(self) -> None:
        super().__init__()
        self.refusals: list[str] = []

    def _choose(self, request: Request) -> Answer:
        if problem := problem_of(request.path, request.headers, request.body):
            self.requests.append(request)
            self.refusals.append(problem[1])
            return _refused(*problem)
        return super()._choose(request)

    async def _give(
        self, answer: Answer, http: web.Request, request: Request
    ) -> web.StreamResponse:
        if not isinstance(answer, Turn):
            return await super()._give(answer, http, request)
        if not (request.path.endswith(STREAM) or request.body.get("stream")):
            return web.json_response(whole_message(answer, request.model, "bdrk"))
        is_framed = request.path.endswith(STREAM)
        kind = CONTENT_TYPE if is_framed else "text/event-stream"
        response = web.StreamResponse(headers={"Content-Type": kind})
        await response.prepare(http)
        for event in stream_events(answer, request.model, "bdrk"):
            metrics = {"amazon-bedrock-invocationMetrics": {"inputTokenCount": 9}}
            sent = {**event, **(metrics if event["type"] == "message_stop" else {})}
            line = f"event: {event['type']}\ndata: {json.dumps(sent)}\n\n".encode()
            await response.write(chunk(sent) if is_framed else line)
        return response


def problem_of(target: str, headers: dict[str, str], body: JsonObject) -> tuple[int, str] | None:
    """The status and the words with which a request is refused. Header names are lower-case."""
    path = _PATH.fullmatch(target)
    if path is None and target != MESSAGES:
        return 404, f"no operation at {target}"
    if headers.get("authorization") != f"Bearer {KEY}" or "x-api-key" in headers:
        return 403, "Authentication failed: Please make sure your API Key is valid."
    if path:
        version, model = body.get("anthropic_version", ""), unquote(path[1])
    else:
        version, model = headers.get("anthropic-version", ""), body["model"]
        betas = [name for name in headers.get("anthropic-beta", "").split(",") if name]
        body = {name: body[name] for name in body if name not in {"model", "stream"}}
        body |= {"anthropic_beta": [name for name in betas if name not in _OF_MESSAGES]}
    if not _VERSION.fullmatch(version):
        return 400, "anthropic_version: Field required"
    found = (rule(body, model) for rule in _RULES)
    return next(((400, words) for words in found if words), None)


def _members(body: JsonObject, _model: str) -> str:
    unknown = body.keys() - _MEMBERS
    return f"{min(unknown)}: {_EXTRA}" if unknown else ""


def _betas(body: JsonObject, _model: str) -> str:
    known = all(map(_BETAS.fullmatch, body.get("anthropic_beta", ())))
    return "" if known else "invalid beta flag"


def _edits(body: JsonObject, _model: str) -> str:
    edits = body.get("context_management", {}).get("edits", ())
    known = all(edit["type"] in _EDITS for edit in edits)
    allowed = "context-management-2025-06-27" in body.get("anthropic_beta", ()) or not edits
    return "" if known and allowed else f"context_management: {_EXTRA}"


def _tools(body: JsonObject, _model: str) -> str:
    for at, tool in enumerate(body.get("tools", ())):
        if re.match(r"(web_search|web_fetch|code_execution)_", tool.get("type", "")):
            return "The provided request is not valid"
        if unknown := tool.keys() - _TOOL_MEMBERS:
            return f"tools.{at}.custom.{min(unknown)}: {_EXTRA}"
    return ""


def _marks(body: JsonObject, model: str) -> str:
    known = {"type"} if re.search(r"-(sonnet|opus)-4(-1)?-\d{8}", model) else {"type", "ttl"}
    unknown = {name for mark in _cache_marks(body) for name in mark} - known
    return f"cache_control.ephemeral.{min(unknown)}: {_EXTRA}" if unknown else ""


def _cache_marks(value: object) -> Iterator[JsonObject]:
    if isinstance(value, list):
        for item in value:
            yield from _cache_marks(item)
    if isinstance(value, dict):
        if "cache_control" in value:
            yield value["cache_control"]
        for name in ("system", "tools", "messages", "content"):
            yield from _cache_marks(value.get(name))


def _of_new_models(body: JsonObject, model: str) -> str:
    if not _OLD.search(model):
        return ""
    if any(message["role"] == "system" for message in body["messages"]):
        return "role 'system' is not supported on this model"
    if body.get("thinking", {}).get("type") == "adaptive":
        return "adaptive thinking is not supported on this model"
    return f"output_config.effort: {_EXTRA}" if "effort" in body.get("output_config", {}) else ""


_RULES: tuple[Callable[[JsonObject, str], str], ...] = (
    _members,
    _betas,
    _edits,
    _tools,
    _marks,
    _of_new_models,
)


def _refused(status: int, message: str) -> Raw:
    headers = {"Content-Type": "application/json", "x-amzn-errortype": "ValidationException"}
    return Raw(status=status, headers=headers, body=json.dumps({"message": message}).encode())
