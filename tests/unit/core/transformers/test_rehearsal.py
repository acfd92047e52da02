import json
from typing import Any

from ccr_desktop.core.transformers.chain import Link
from ccr_desktop.core.transformers.extra_think_tag import ExtraThinkTag
from ccr_desktop.core.transformers.gemini_cli import GeminiCli
from ccr_desktop.core.transformers.max_token import MaxToken
from ccr_desktop.core.transformers.rehearsal import rehearse
from ccr_desktop.core.transformers.vertex import VertexClaude


async def test_each_hook_shows_what_it_changes() -> None:
    facts, request = await rehearse(Link("maxtoken", MaxToken({"max_tokens": 5}), {}))

    assert (facts.hook, request.hook) == ("profile", "request")
    assert json.loads(request.before)["max_tokens"] == 32_000
    assert json.loads(request.after)["max_tokens"] == 5


async def test_answers_are_shown_as_the_client_gets_them() -> None:
    (step,) = await rehearse(Link("extrathinktag", ExtraThinkTag({}), {}))

    kinds = [block["type"] for block in json.loads(step.after)["content"]]
    assert kinds == ["thinking", "text", "tool_use"]


async def test_a_request_of_the_users_takes_the_samples_place() -> None:
    body = {"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": "x"}]}

    *_, request = await rehearse(Link("maxtoken", MaxToken({"max_tokens": 5}), {}), body)

    assert json.loads(request.before) == body


async def test_a_hook_that_fails_does_not_hide_the_others() -> None:
    class Odd:
        def request(self, _body: Any, _context: Any) -> Any:
            return None

        def open(self, _context: Any) -> Any:
            raise ValueError("no")

        def upstream_call(self, call: Any, _context: Any) -> Any:
            return call

    steps = await rehearse(Link("odd", Odd()))

    assert [(step.hook, bool(step.problem)) for step in steps] == [
        ("request", True),
        ("upstream_call", False),
        ("open", True),
    ]
    assert steps[1].before == steps[1].after


async def test_a_transformer_for_claude_is_tried_on_claudes_protocol() -> None:
    options = {"project": "p", "location": "global"}

    (step,) = await rehearse(Link("vertex-claude", VertexClaude(options), options))

    before, after = json.loads(step.before), json.loads(step.after)
    assert before["url"] == "https://api.example.com/v1/messages"
    assert before["body"]["model"] == "example-model"
    assert "model" not in after["body"]
    assert after["headers"]["Authorization"] == "Bearer TOKEN"


async def test_a_transformer_for_gemini_is_tried_on_geminis_protocol() -> None:
    (step,) = await rehearse(Link("gemini-cli", GeminiCli({"project": "mine"})))

    before, after = json.loads(step.before), json.loads(step.after)
    assert before["url"].endswith("/v1beta/models/example-model:streamGenerateContent?alt=sse")
    assert after["body"]["request"]["contents"] == before["body"]["contents"]
    assert after["body"]["project"] == "mine"
