"""One conversation of the real Claude Code that goes through four protocols, each strict."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.e2e.stage import ALL_TOOLS, e2e
from tests.support import responses_api
from tests.support.claude import NEWEST, ClaudeRun, executable, run_claude
from tests.support.gemini_upstream import KEY, GeminiUpstream
from tests.support.responses_api import ResponsesApi, say, think
from tests.support.router import API_KEY, Router, start_router
from tests.support.turns import JsonObject, Raw, call, reasoning, text, tool_calls
from tests.support.upstream import Request, Upstream

pytestmark = e2e


@dataclass
class MessagesApi:
    """Anthropic's API: it wants its own signatures back and knows no other."""

    refusals: list[str] = field(default_factory=list)
    _script: list[list[JsonObject]] = field(default_factory=list)

    def script(self, *answers: list[JsonObject]) -> None:
        self._script += answers

    def respond(self, request: Request) -> Raw:
        for message in request.messages:
            content = message["content"]
            for block in content if isinstance(content, list) else ():
                if block["type"] == "thinking" and block["signature"] != "c2lnbmVkLWhlcmU=":
                    self.refusals.append(json.dumps(block))
        if self.refusals:
            error = {"type": "invalid_request_error", "message": self.refusals[-1]}
            return Raw(status=400, body=json.dumps({"type": "error", "error": error}).encode())
        blocks = self._script.pop(0) if self._script else [{"type": "text", "text": "(none)"}]
        return Raw(headers={"Content-Type": "text/event-stream"}, body=b"".join(_events(blocks)))


def _events(blocks: list[JsonObject]) -> Iterator[bytes]:
    usage = {"input_tokens": 9, "output_tokens": 9}
    head = {"id": "msg_a", "type": "message", "role": "assistant", "model": "m", "content": []}
    yield _event("message_start", message={**head, "stop_reason": None, "usage": usage})
    for index, block in enumerate(blocks):
        deltas: list[JsonObject] = []
        match block:
            case {"type": "text", "text": words}:
                start: JsonObject = {"type": "text", "text": ""}
                deltas.append({"type": "text_delta", "text": words})
            case {"type": "thinking", "thinking": words}:
                start = {"type": "thinking", "thinking": "", "signature": ""}
                deltas.append({"type": "thinking_delta", "thinking": words})
                deltas.append({"type": "signature_delta", "signature": "c2lnbmVkLWhlcmU="})
            case _:
                start = {**block, "input": {}}
                given = json.dumps(block["input"])
                deltas.append({"type": "input_json_delta", "partial_json": given})
        yield _event("content_block_start", index=index, content_block=start)
        for delta in deltas:
            yield _event("content_block_delta", index=index, delta=delta)
        yield _event("content_block_stop", index=index)
    reason = "tool_use" if blocks[-1]["type"] == "tool_use" else "end_turn"
    yield _event("message_delta", delta={"stop_reason": reason}, usage=usage)
    yield _event("message_stop")


def _event(kind: str, **members: object) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **members})}\n\n".encode()


@dataclass(frozen=True)
class Table:
    """Four providers around a router, and a client in an empty folder."""

    gemini: GeminiUpstream
    chat: Upstream
    responses: ResponsesApi
    messages: MessagesApi
    router: Router
    home: Path
    cwd: Path

    def ask(self, prompt: str, model: str, *args: str) -> ClaudeRun:
        return run_claude(
            NEWEST,
            router_url=self.router.url,
            token=API_KEY,
            prompt=prompt,
            home=self.home,
            cwd=self.cwd,
            args=[ALL_TOOLS, "--model", model, *args],
        )

    @property
    def refusals(self) -> list[str]:
        return [*self.gemini.refusals, *self.responses.refusals, *self.messages.refusals]


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    executable(NEWEST)
    folders = [tmp_path / name for name in ("router", "home", "project")]
    for folder in folders:
        folder.mkdir()
    responses = ResponsesApi(
        [think("I look."), responses_api.call("Bash", look("two"), "call_r")],
        [think("Seen."), say("Two.")],
        model="gpt-6",
    )
    messages = MessagesApi()
    with ExitStack() as stack:
        gemini = stack.enter_context(GeminiUpstream())
        chat, openai, claude = (stack.enter_context(Upstream()) for _ in range(3))
        openai.respond(responses.respond)
        claude.respond(messages.respond)
        providers = [
            provider("google", gemini.models_url, "gemini-3-flash", api_key=KEY, dialect="gemini"),
            provider("openai", f"{openai.url}/v1/responses", "gpt-6"),
            provider("local", chat.chat_url, "qwen"),
            provider("claude", f"{claude.url}/v1/messages", "claude-x"),
        ]
        routes = {"default": "google,gemini-3-flash"}
        configuration = {"APIKEY": API_KEY, "Providers": providers, "Router": routes}
        router = start_router(folders[0], configuration)
        stack.callback(router.stop)
        yield Table(gemini, chat, responses, messages, router, folders[1], folders[2])


def provider(name: str, url: str, model: str, **more: str) -> JsonObject:
    return {"name": name, "api_base_url": url, "api_key": "sk-mock", "models": [model], **more}


def look(word: str) -> JsonObject:
    return {"command": f"echo {word}", "description": "x"}


def test_every_turn_may_go_to_another_protocol(table: Table) -> None:
    table.gemini.script(
        reasoning("I look.") + tool_calls([call("Bash", look("one"))]), text("One."),
        tool_calls([call("Bash", look("five"))]), text("Five."),
    )  # fmt: skip
    table.chat.script(
        reasoning("I look.") + tool_calls([call("Bash", look("three"))]), text("Three.")
    )
    used = {"type": "tool_use", "id": "toolu_a", "name": "Bash", "input": look("four")}
    table.messages.script(
        [{"type": "thinking", "thinking": "I look."}, used], [{"type": "text", "text": "Four."}]
    )

    first = table.ask("One", "google,gemini-3-flash")
    session = ["--resume", first.session_id]
    others = ("openai,gpt-6", "local,qwen", "claude,claude-x", "google,gemini-3-flash")
    later = [table.ask("Next", model, *session).answer for model in others]

    assert table.refusals == []
    assert [first.answer, *later] == ["One.", "Two.", "Three.", "Four.", "Five."]
    last = json.dumps(table.gemini.requests[-1].body)
    assert all(word in last for word in ("One.", "Two.", "Three.", "Four."))
    assert "ccr1." not in json.dumps([request.body for request in table.chat.requests])
    assert len(table.gemini.signatures) == 2
