import json
from typing import Any

import pytest

from ccr_desktop.core.transformers.built_in import BUILT_IN
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

    _, step = await rehearse(Link("vertex-claude", VertexClaude(options), options))

    before, after = json.loads(step.before), json.loads(step.after)
    assert before["url"] == "https://api.example.com/v1/messages"
    assert before["body"]["model"] == "example-model"
    assert "model" not in after["body"]
    assert after["headers"]["Authorization"] == "Bearer TOKEN"


async def test_a_transformer_for_gemini_is_tried_on_geminis_protocol() -> None:
    _, step = await rehearse(Link("gemini-cli", GeminiCli({"project": "mine"})))

    before, after = json.loads(step.before), json.loads(step.after)
    assert before["url"].endswith("/v1beta/models/example-model:streamGenerateContent?alt=sse")
    assert after["body"]["request"]["contents"] == before["body"]["contents"]
    assert after["body"]["project"] == "mine"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("gemini", "/v1beta/models/example-model:streamGenerateContent?alt=sse"),
        ("openai-responses", "/v1/responses"),
        ("Anthropic", "/v1/messages"),
    ],
)
async def test_a_name_for_a_protocol_shows_the_whole_request_in_it(name: str, path: str) -> None:
    (step,) = await rehearse(Link(name, BUILT_IN[name]({})))

    before, after = json.loads(step.before), json.loads(step.after)
    assert step.hook == "protocol"
    assert before["url"] == "https://api.example.com/v1/chat/completions"
    assert after["url"] == f"https://api.example.com{path}"
    assert "What is in a.txt?" in step.after


@pytest.mark.parametrize("name", ["deepseek", "groq", "openrouter", "cerebras", "vercel"])
async def test_what_an_api_wants_shows_in_what_it_gets(name: str) -> None:
    step, *_ = await rehearse(Link(name, BUILT_IN[name]({})))

    assert step.hook == "profile"
    assert step.before != step.after


async def test_options_of_a_protocol_show_in_it() -> None:
    options = {"block": "OFF"}

    _, step = await rehearse(Link("gemini", BUILT_IN["gemini"](options), options))

    assert "contents" in json.loads(step.before)
    assert "safetySettings" in json.loads(step.after)


async def test_the_key_goes_where_the_options_say() -> None:
    options = {"UseBearer": True}

    (step,) = await rehearse(Link("Anthropic", BUILT_IN["Anthropic"](options), options))

    assert json.loads(step.after)["headers"]["authorization"] == "Bearer sk-example"
