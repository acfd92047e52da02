"""The official Anthropic SDK in a conversation with a Responses server that is strict."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from anthropic import AsyncAnthropic, BadRequestError, RateLimitError

from tests.component.conftest import StartService
from tests.support.responses_api import ResponsesApi, call, say, think
from tests.support.turns import JsonObject, Raw
from tests.support.upstream import Upstream

TOOL: dict[str, Any] = {
    "name": "weather",
    "description": "Tells the weather",
    "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}},
}
LONG_NAME = "mcp__server__" + "very_long_" * 8
COOL = {"temperature": 0.5}
THINKING: Any = {"type": "adaptive"}


@pytest.fixture
async def sdk(start_service: StartService, upstream: Upstream) -> AsyncIterator[AsyncAnthropic]:
    entry = {
        "name": "openai",
        "api_base_url": f"{upstream.url}/v1/responses",
        "api_key": "provider-key-0123456789",
        "models": ["gpt-5.1", "gpt-5.5", "gpt-4.1"],
        "profile": "openai",
    }
    service = await start_service(
        {"LOG": False, "Providers": [entry], "Router": {"default": "openai,gpt-5.1"}}
    )
    async with AsyncAnthropic(base_url=service.url, api_key="k", max_retries=0) as made:
        yield made


async def ask(sdk: AsyncAnthropic, messages: list[Any], *, stream: bool, **more: Any) -> Any:
    members = {"model": "claude-sonnet-5", "max_tokens": 1000, "messages": messages, **more}
    if not stream:
        return await sdk.messages.create(**members)
    async with sdk.messages.stream(**members) as events:
        return await events.get_final_message()


async def converse(sdk: AsyncAnthropic, *, stream: bool, **more: Any) -> list[JsonObject]:
    """A tool loop to its end; the whole conversation."""
    messages: list[JsonObject] = [{"role": "user", "content": "How is the weather?"}]
    while True:
        answer = await ask(sdk, messages, stream=stream, tools=[TOOL], thinking=THINKING, **more)
        content = [block.to_dict() for block in answer.content]
        messages.append({"role": "assistant", "content": content})
        calls = [block for block in content if block["type"] == "tool_use"]
        if not calls:
            return messages
        results = [
            {"type": "tool_result", "tool_use_id": c["id"], "content": f"sun in {c['input']}"}
            for c in calls
        ]
        messages.append({"role": "user", "content": [*reversed(results)]})


@pytest.mark.parametrize("stream", [True, False], ids=["streamed", "whole"])
async def test_a_tool_loop_gives_reasoning_back_as_it_came(
    sdk: AsyncAnthropic, upstream: Upstream, stream: bool
) -> None:
    api = ResponsesApi(
        [
            think("One.", "Two."),
            say("I look."),
            call("weather", {"city": "Bern"}, "call_a"),
            call("weather", {"city": "Ulm"}, "call_b"),
        ],
        [think(), call("weather", {"city": "Graz"}, "call_c")],
        [think("Done."), say("Sunny everywhere.")],
        [say("You are welcome.")],
    )
    upstream.respond(api.respond)

    messages = await converse(sdk, stream=stream)
    thanks = [*messages, {"role": "user", "content": "Thanks"}]
    last = await ask(sdk, thanks, stream=stream, thinking=THINKING)

    assert api.refusals == []
    assert last.content[0].text == "You are welcome."
    assert [block["type"] for block in messages[1]["content"]] == [
        "thinking", "text", "tool_use", "tool_use",
    ]  # fmt: skip
    assert messages[1]["content"][0]["thinking"] == "One.\n\nTwo."
    items = [
        (item["type"], item.get("id") or item.get("call_id"))
        for item in upstream.requests[-1].body["input"]
    ]
    assert items == [
        ("message", None),
        ("reasoning", "rs_0"),
        ("message", None),
        ("function_call", "call_a"),
        ("function_call", "call_b"),
        ("function_call_output", "call_a"),
        ("function_call_output", "call_b"),
        ("reasoning", "rs_4"),
        ("function_call", "call_c"),
        ("function_call_output", "call_c"),
        ("reasoning", "rs_6"),
        ("message", None),
        ("message", None),
    ]


async def test_answers_say_whether_they_were_commentary_or_final(
    sdk: AsyncAnthropic, upstream: Upstream
) -> None:
    api = ResponsesApi(
        [think("Hm."), say("I look."), call("weather", {"city": "Bern"}, "call_a")],
        [say("Sunny.")],
        [say("You are welcome.")],
    )
    upstream.respond(api.respond)

    messages = await converse(sdk, stream=True, model="openai,gpt-5.5")
    thanks = [*messages, {"role": "user", "content": "Thanks"}]
    await ask(sdk, thanks, stream=True, model="openai,gpt-5.5")

    assert api.refusals == []
    items = upstream.requests[-1].body["input"]
    said = [(item["content"], item["phase"]) for item in items if item.get("role") == "assistant"]
    assert said == [("I look.", "commentary"), ("Sunny.", "final_answer")]


@pytest.mark.parametrize("stream", [True, False], ids=["streamed", "whole"])
async def test_a_stop_sequence_ends_the_answer_though_the_api_knows_none(
    sdk: AsyncAnthropic, upstream: Upstream, stream: bool
) -> None:
    api = ResponsesApi([think("Hm."), say("one END two")])
    upstream.respond(api.respond)

    question = [{"role": "user", "content": "Count"}]
    answer = await ask(sdk, question, stream=stream, thinking=THINKING, stop_sequences=["END"])

    assert answer.content[-1].text == "one "
    assert (answer.stop_reason, answer.stop_sequence) == ("stop_sequence", "END")
    assert answer.usage.output_tokens > 0
    assert api.refusals == []


async def test_each_request_begins_with_the_items_of_the_one_before(
    sdk: AsyncAnthropic, upstream: Upstream
) -> None:
    api = ResponsesApi(
        [think("Hm."), call("weather", {"city": "Bern"}, "call_a")],
        [call("weather", {"city": "Ulm"}, "call_b")],
        [say("Sunny.")],
    )
    upstream.respond(api.respond)

    await converse(sdk, stream=True)

    first, second, third = (request.body["input"] for request in upstream.requests)
    assert second[: len(first)] == first
    assert third[: len(second)] == second


async def test_reasoning_is_left_out_for_a_model_that_did_not_make_it(
    sdk: AsyncAnthropic, upstream: Upstream
) -> None:
    upstream.respond(ResponsesApi([think("Hm."), call("weather", {}, "c")], [say("x")]).respond)
    messages = await converse(sdk, stream=True)
    upstream.requests.clear()

    more = [*messages, {"role": "user", "content": "And now?"}]
    await ask(sdk, more, stream=True, thinking=THINKING, model="openai,gpt-4.1", extra_body=COOL)

    kinds = [item["type"] for item in upstream.requests[0].body["input"]]
    assert kinds == [
        "message", "function_call", "function_call_output", "message", "message",
    ]  # fmt: skip
    assert upstream.requests[0].body["temperature"] == 0.5


async def test_a_request_with_everything_in_it_is_taken(
    sdk: AsyncAnthropic, upstream: Upstream
) -> None:
    api = ResponsesApi([call(LONG_NAME[:55] + "_" + "0" * 8, {}, "c")], [say("Fine.")])
    upstream.respond(api.respond)
    image = {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="}
    result = [{"type": "text", "text": "see"}, {"type": "image", "source": image}]
    messages: list[Any] = [
        {"role": "user", "content": [{"type": "image", "source": image}]},
        {"role": "assistant", "content": [{"type": "tool_use", "id": "é" * 70, "name": LONG_NAME,
                                           "input": {"a": 1}}]},
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "é" * 70,
                                      "content": result, "is_error": True}]},
        {"role": "user", "content": "go on"},
    ]  # fmt: skip

    await ask(
        sdk,
        messages,
        stream=True,
        tools=[TOOL, {**TOOL, "name": LONG_NAME}],
        tool_choice={"type": "tool", "name": LONG_NAME, "disable_parallel_tool_use": True},
        system="Be kind.",
        stop_sequences=["x"],
        extra_body={"temperature": 1, "top_p": 0.5},
        metadata={"user_id": "u"},
    )

    assert api.refusals == []


async def test_what_the_server_refuses_reaches_the_client_with_its_words(
    sdk: AsyncAnthropic, upstream: Upstream
) -> None:
    error = {"message": "Unknown parameter: 'x'.", "type": "invalid_request_error"}
    upstream.script(Raw(status=400, body=json.dumps({"error": error}).encode()))

    with pytest.raises(BadRequestError, match="Unknown parameter: 'x'"):
        await ask(sdk, [{"role": "user", "content": "hi"}], stream=True)


async def test_a_failure_before_the_first_word_has_a_status(
    sdk: AsyncAnthropic, upstream: Upstream
) -> None:
    events = [
        {"type": "response.created", "response": {"status": "in_progress", "output": []}},
        {"type": "error", "error": {"code": "rate_limit_exceeded", "message": "Slow down."}},
    ]
    body = "".join(f"data: {json.dumps(event)}\n\n" for event in events).encode()
    failed = Raw(headers={"Content-Type": "text/event-stream"}, body=body)
    upstream.respond(lambda _: failed)  # however often it is asked

    with pytest.raises(RateLimitError, match="Slow down"):
        await ask(sdk, [{"role": "user", "content": "hi"}], stream=True)
