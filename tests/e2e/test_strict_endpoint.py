"""Claude Code at an endpoint for Anthropic's protocol that knows the members of old alone."""

import json
from collections import Counter
from pathlib import Path

from tests.e2e.stage import ALL_TOOLS, Stage, e2e
from tests.support.claude import NEWEST, executable
from tests.support.claude_events import stream_events
from tests.support.router import API_KEY, start_router
from tests.support.turns import JsonObject, Raw, Turn, call, text, tool_calls
from tests.support.upstream import Request, Upstream

pytestmark = e2e
MODEL = "claude-sonnet-5"
_MEMBERS = {
    *("model", "max_tokens", "messages", "system", "tools", "tool_choice", "stream", "temperature"),
    *("thinking", "stop_sequences"),
}
_TOOL_MEMBERS = {"name", "description", "input_schema", "cache_control", "type"}
_EXTRA = "Extra inputs are not permitted"
_OTHER_TAG = "Input tag 'adaptive' found using 'type' does not match any of the expected tags"


def problem_of(body: JsonObject) -> str:
    if unknown := body.keys() - _MEMBERS:
        return f"{min(unknown)}: {_EXTRA}"
    for at, tool in enumerate(body.get("tools", ())):
        if unknown := tool.keys() - _TOOL_MEMBERS:
            return f"tools.{at}.custom.{min(unknown)}: {_EXTRA}"
    for at, message in enumerate(body["messages"]):
        if message["role"] not in {"user", "assistant"}:
            return f"messages.{at}.role: Input should be 'user' or 'assistant'"
    if body.get("thinking", {}).get("type") == "adaptive":
        return f"thinking: {_OTHER_TAG}"
    return ""


def step(request: Request) -> Turn:
    """Four commands, one after the other, then a word."""
    given = [b for m in request.messages if isinstance(m["content"], list) for b in m["content"]]
    done = sum(block["type"] == "tool_result" for block in given)
    if not request.body.get("tools") or done == 4:
        return text("Done.")
    return tool_calls([call("Bash", {"command": f"echo {done} >> a.txt", "description": "It."})])


def test_what_it_refuses_of_a_task_is_asked_of_it_once(tmp_path: Path) -> None:
    refusals: list[str] = []

    def rule(request: Request) -> Raw:
        if problem := problem_of(request.body):
            refusals.append(problem)
            error = {"type": "invalid_request_error", "message": problem}
            return Raw(status=400, body=json.dumps({"type": "error", "error": error}).encode())
        events = stream_events(step(request), request.model, "odd")
        lines = [f"event: {e['type']}\ndata: {json.dumps(e)}\n\n" for e in events]
        return Raw(headers={"Content-Type": "text/event-stream"}, body="".join(lines).encode())

    executable(NEWEST)
    folders = [tmp_path / name for name in ("router", "home", "project")]
    for folder in folders:
        folder.mkdir()
    with Upstream() as upstream:
        upstream.respond(rule)
        entry = {"name": "old", "api_base_url": f"{upstream.url}/v1/messages", "models": [MODEL]}
        entry |= {"api_key": "a-key-of-the-test"}
        raw = {"APIKEY": API_KEY, "Providers": [entry], "Router": {"default": f"old,{MODEL}"}}
        router = start_router(folders[0], raw)
        try:
            stage = Stage(
                version=NEWEST, upstream=upstream, router=router, home=folders[1], cwd=folders[2]
            )
            run = stage.ask("Count.", ALL_TOOLS)
        finally:
            router.stop()

    assert run.answer == "Done.", stage.report()
    assert (folders[2] / "a.txt").read_text(encoding="utf-8").split() == ["0", "1", "2", "3"]
    often = Counter(refusal.partition(":")[0] for refusal in refusals)
    assert often, "the client sends nothing any more that it did not of old"
    assert max(often.values()) <= 2, often  # housekeeping may be asked at the same time
