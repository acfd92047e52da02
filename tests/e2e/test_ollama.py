"""The real Claude Code at work with a strict Ollama, in Ollama's own protocol."""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.e2e.stage import ALL_TOOLS, e2e
from tests.support.claude import NEWEST, executable, run_claude
from tests.support.router import API_KEY, start_router
from tests.support.turns import JsonObject, Raw
from tests.support.upstream import Request, Upstream

pytestmark = e2e
WINDOW = 131_072
# https://github.com/ollama/ollama/blob/main/docs/api.md
MEMBERS = {"model", "messages", "stream", "tools", "options", "think", "format", "keep_alive"}
IN_MESSAGES = {"role", "content", "thinking", "images", "tool_calls", "tool_name", "tool_call_id"}
ROLES = {"system", "user", "assistant", "tool"}


@dataclass
class Ollama:
    """Says what is wrong with a request, and else what its script has next."""

    script: deque[JsonObject]
    refusals: list[str] = field(default_factory=list)

    def __call__(self, request: Request) -> Raw:
        if wrong := list(problems(request)):
            self.refusals += wrong
            return Raw(status=400, body=json.dumps({"error": wrong[0]}).encode())
        is_task = bool(request.body.get("tools")) and bool(self.script)
        message = self.script.popleft() if is_task else {"content": "Yes."}
        if not request.body["stream"]:
            return Raw(body=json.dumps(line(message, done=True)).encode())
        lines = [line({name: value}) for name, value in message.items()]
        lines.append(line({"content": ""}, done=True))
        body = b"".join(json.dumps(one).encode() + b"\n" for one in lines)
        return Raw(headers={"Content-Type": "application/x-ndjson"}, body=body)


def line(message: JsonObject, *, done: bool = False) -> JsonObject:
    said = {"model": "m", "message": {"role": "assistant", "content": "", **message}, "done": done}
    end = {"done_reason": "stop", "prompt_eval_count": 900, "eval_count": 9}
    return {**said, **end} if done else said


def problems(request: Request) -> Iterator[str]:
    """What the real one refuses, hangs on or loses in silence."""
    body = request.body
    if request.path != "/api/chat":
        yield f"404 page not found: {request.path}"
    if unknown := body.keys() - MEMBERS:
        yield f"unknown members: {unknown}"
    if body.get("options", {}).get("num_ctx") != WINDOW:
        yield "the prompt would be cut to the usual window"
    called: list[str] = []
    for message in request.messages:
        if message["role"] not in ROLES or message.keys() - IN_MESSAGES:
            yield f"an odd message: {message['role']} {sorted(message)}"
        if not isinstance(message["content"], str):
            yield "json: cannot unmarshal array into Go struct field .messages.content of string"
        for call in message.get("tool_calls", ()):
            called.append(call["function"]["name"])
            if not isinstance(call["function"]["arguments"], dict):
                yield "json: cannot unmarshal string into Go struct field .arguments"
        if message["role"] == "tool" and message.get("tool_name") not in called:
            yield "the result of a tool that was not called"


def calls(*wanted: tuple[str, JsonObject], thinking: str) -> JsonObject:
    made = [{"function": {"name": name, "arguments": given}} for name, given in wanted]
    return {"thinking": thinking, "content": "Working.", "tool_calls": made}


def test_a_task_with_tools_is_completed(tmp_path: Path) -> None:
    executable(NEWEST)
    folders = [tmp_path / name for name in ("router", "home", "project")]
    for folder in folders:
        folder.mkdir()
    made = folders[2] / "a.txt"
    ollama = Ollama(
        deque(
            [
                calls(
                    ("Write", {"file_path": str(made), "content": "one\n"}),
                    ("Bash", {"command": "echo out-42", "description": "x"}),
                    thinking="I begin.",
                ),
                calls(("Read", {"file_path": str(made)}), thinking="And now?"),
                {"content": "All done."},
            ]
        )
    )
    with Upstream() as upstream:
        upstream.respond(ollama)
        entry = {
            "name": "ollama",
            "api_base_url": f"{upstream.url}/api/chat",
            "models": ["gpt-oss:20b"],
            "context_windows": {"*": WINDOW},
        }
        routes = {"default": "ollama,gpt-oss:20b"}
        router = start_router(
            folders[0], {"APIKEY": API_KEY, "Providers": [entry], "Router": routes}
        )
        try:
            run = run_claude(
                NEWEST,
                router_url=router.url,
                token=API_KEY,
                prompt="Do it",
                home=folders[1],
                cwd=folders[2],
                args=[ALL_TOOLS],
            )
        finally:
            router.stop()

    report = f"{ollama.refusals}\n{run.report()}\n{router.stderr_tail()}"
    assert ollama.refusals == [], report
    assert run.answer == "All done.", report
    assert made.read_text(encoding="utf-8") == "one\n"
    assert "out-42" in json.dumps([request.body for request in upstream.requests]), report
    assert not ollama.script, report


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"tool_choice": "auto"}, "unknown members"),
        ({"options": {}}, "the usual window"),
        ({"messages": [{"role": "tool", "content": "x"}]}, "was not called"),
        ({"messages": [{"role": "user", "content": []}]}, "cannot unmarshal array"),
    ],
    ids=["tool_choice", "window", "result", "content"],
)
def test_the_strict_server_is_strict(change: JsonObject, problem: str) -> None:
    sound = {"messages": [{"role": "user", "content": "x"}], "options": {"num_ctx": WINDOW}}
    body = {**sound, **change}
    request = Request(method="POST", path="/api/chat", headers={}, body=body, at_s=0)

    assert problem in " ".join(problems(request))
