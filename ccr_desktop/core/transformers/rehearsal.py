"""A transformer tried out on a sample request and a sample answer: nothing is sent."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.dialects import ANTHROPIC, CHAT, GEMINI, RESPONSES, inferred_dialect
from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS
from ccr_desktop.core.dialects.anthropic import passthrough_call
from ccr_desktop.core.dialects.base import Target, UpstreamCall
from ccr_desktop.core.dialects.known import dialect_of
from ccr_desktop.core.protocol.deltas import Delta, Finish, TextDelta, ToolDelta
from ccr_desktop.core.protocol.emitter import AnswerContext, MessageEmitter
from ccr_desktop.core.protocol.json import dumps_safe, loads
from ccr_desktop.core.protocol.messages import objects
from ccr_desktop.core.protocol.sinks import MessageFold
from ccr_desktop.core.providers.catalog import find_profile
from ccr_desktop.core.transformers.base import HOOKS, ProviderInfo, TransformContext
from ccr_desktop.core.transformers.chain import Chain, Link
from ccr_desktop.core.user_code import why
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import StreamDecoder
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.protocol.sse import Events, SseEvent

_HOST = "https://api.example.com"
_URLS = {
    CHAT: f"{_HOST}/v1/chat/completions",
    RESPONSES: f"{_HOST}/v1/responses",
    ANTHROPIC: f"{_HOST}/v1/messages",
    GEMINI: f"{_HOST}/v1beta/models",
}
_HEADERS = {"user-agent": "claude-cli/2.1.0", "anthropic-version": "2023-06-01"}
_MARK = {"cache_control": {"type": "ephemeral"}}
SAMPLE_REQUEST: JsonObject = {
    "model": "claude-sonnet-5",
    "max_tokens": 32_000,
    "stream": True,
    "thinking": {"type": "adaptive"},
    "output_config": {"effort": "high"},
    "system": [{"type": "text", "text": "You are Claude Code.", **_MARK}],
    "tools": [
        {
            "name": "Read",
            "description": "Reads a file.",
            "input_schema": {
                "type": "object",
                "properties": {"file_path": {"type": "string"}},
                "required": ["file_path"],
            },
        }
    ],
    "messages": [
        {"role": "user", "content": [{"type": "text", "text": "What is in a.txt?", **_MARK}]}
    ],
}
_ANSWER: Sequence[Delta] = (
    TextDelta("<think>The file "),
    TextDelta("first.</think>I look into "),
    TextDelta("the file."),
    ToolDelta("call", "call_1", "Read", '{"file_path": '),
    ToolDelta("call", arguments='"a.txt"}'),
    Finish("tool_calls"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """What one hook did, as JSON texts; `problem` when it failed. Unchanged: both the same."""

    hook: str
    before: str = ""
    after: str = ""
    problem: str = ""


async def rehearse(link: Link, request: JsonObject | None = None) -> list[Step]:
    """What the hooks of a transformer do to a request and its answer, in their order."""
    return await _Rehearsal(link, request or SAMPLE_REQUEST).run()


class _Rehearsal:
    def __init__(self, link: Link, request: JsonObject) -> None:
        chain = Chain([link])
        target = _target(link)
        self._link = link
        self._hooks = [hook for hook in HOOKS if link.hook(hook)]
        self._target = chain.adapted(target)
        self._plain = _target()
        self._run = chain.begin(_context(target, request))
        self._request = request

    async def run(self) -> list[Step]:
        body = self._request
        steps = []
        if self._target.dialect != self._plain.dialect:
            steps.append(self._protocol(body))
        elif self._target.profile != self._plain.profile:
            steps.append(self._facts(body))
        for hook, step in (
            ("request", self._on_request),
            ("upstream_request", self._on_upstream),
            ("upstream_call", self._on_call),
            ("open", self._on_answer),
        ):
            if hook not in self._hooks:
                continue
            try:
                steps.append(await step(body))
            except CcrError as exc:
                steps.append(Step(hook, problem=_problem(exc, self._link)))
        return steps

    def _protocol(self, body: JsonObject) -> Step:
        """The whole request is another one."""
        before, after = (_shown(_sample_call(body, t)) for t in (self._plain, self._target))
        return Step("protocol", _text(before), _text(after))

    def _facts(self, body: JsonObject) -> Step:
        """Facts about the provider show in what is sent."""
        before, after = (_encoded(body, target) for target in (self._plain, self._target))
        return Step("profile", _text(before), _text(after))

    async def _on_request(self, body: JsonObject) -> Step:
        return Step("request", _text(body), _text(await self._run.request(body)))

    async def _on_upstream(self, body: JsonObject) -> Step:
        given = _encoded(await self._run.request(body), self._target)
        return Step(
            "upstream_request", _text(given), _text(await self._run.upstream_request(given))
        )

    async def _on_call(self, body: JsonObject) -> Step:
        call = _sample_call(body, self._target)
        made = await self._run.upstream_call(call)
        return Step("upstream_call", _text(_shown(call)), _text(_shown(made)))

    async def _on_answer(self, _body: JsonObject) -> Step:
        before = _message(_Sample())
        return Step("open", _text(before), _text(_message(self._run.filtered(_Sample()))))


def _target(link: Link | None = None) -> Target:
    """The provider of the sample, as *link* says that it is."""
    names = (link.name,) if link else ()
    known = KNOWN_TRANSFORMERS.get(link.name) if link else None
    dialect = (known and known.dialect) or inferred_dialect(_HOST, names)
    return Target(
        provider="example",
        model="example-model",
        url=_URLS[dialect],
        api_key="sk-example",
        profile=find_profile(_HOST, names, dialect),
        dialect=dialect,
        bearer=bool(link and link.options.get("UseBearer") is True),
    )


def _encoded(body: JsonObject, target: Target) -> JsonObject:
    if target.dialect == ANTHROPIC:
        return {**body, "model": target.model}
    return dialect_of(target.dialect).encode(body, target, "session").body


def _problem(error: CcrError, link: Link) -> str:
    """What went wrong, with the way through the author's own file."""
    module = sys.modules.get(type(link.transformer).__module__)
    file = getattr(module, "__file__", None)
    if not (link.is_plugin and error.__cause__ and file):
        return str(error)
    trace = why(error.__cause__, Path(file))
    return f"{error}\n{trace}" if "\n" in trace else str(error)


def _sample_call(body: JsonObject, target: Target) -> UpstreamCall:
    """The request in the protocol that the transformer is written for."""
    if target.dialect == ANTHROPIC:
        return passthrough_call(dumps_safe(body), body, target, _HEADERS, "")
    dialect = dialect_of(target.dialect)
    return dialect.call(dialect.encode(body, target, "session"), target)


class _Sample:
    """The sample answer, as a decoder gives it."""

    is_done = True

    def feed(self, _event: SseEvent) -> list[Delta]:
        return []

    def feed_run(self, _events: Events, _start: int) -> None:
        return None

    def finish(self) -> list[Delta]:
        return list(_ANSWER)

    def decode(self, _payload: Any) -> list[Delta]:
        return list(_ANSWER)


def _message(decoder: StreamDecoder) -> JsonObject:
    """The message that the client would get, or the error."""
    fold = MessageFold()
    context = AnswerContext(message_id="msg_1", model="example-model", new_id=lambda: "toolu_1")
    emitter = MessageEmitter(fold, context)
    for delta in decoder.finish():
        emitter.feed(delta)
    emitter.finish()
    if emitter.failure:
        return {"error": emitter.failure.message}
    return {name: fold.message[name] for name in ("content", "stop_reason")}


def _context(target: Target, request: JsonObject) -> TransformContext:
    return TransformContext(
        provider=ProviderInfo(
            name=target.provider,
            url=target.url,
            dialect=target.dialect,
            models=(target.model,),
            api_key=target.api_key,
        ),
        model=target.model,
        scenario="default",
        session_id="session",
        headers=_HEADERS,
        tools=objects(request.get("tools")),
    )


def _shown(call: UpstreamCall) -> JsonObject:
    headers = dict(call.headers)
    return {"method": call.method, "url": call.url, "headers": headers, "body": loads(call.body)}


def _text(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
