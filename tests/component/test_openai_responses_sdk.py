"""The Responses API of the official OpenAI SDK, before all kinds of provider."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from openai import APIError, AsyncOpenAI, BadRequestError
from openai.types.responses import Response, ResponseStreamEvent
from pydantic import BaseModel, TypeAdapter

from ccr_desktop.core.service import Service
from tests.component.conftest import StartService, configuration
from tests.component.provider import Provider, chunk, completion, stream, text_chunks, whole
from tests.component.test_openai_sdk import claude_block, claude_events
from tests.support.responses_api import ResponsesApi, call, say, think
from tests.support.upstream import Upstream

KEY = "router-secret"
TOOL: dict[str, Any] = {
    "type": "function",
    "name": "weather",
    "description": "Tells the weather",
    "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
    "strict": False,
}
CLAUDE = "claude,claude-upstream"
_EVENT: TypeAdapter[Any] = TypeAdapter(ResponseStreamEvent)


@pytest.fixture
async def service(start_service: StartService, provider: Provider, upstream: Upstream) -> Service:
    raw = configuration(provider.url, APIKEY=KEY)
    strict = {
        "name": "strict",
        "api_base_url": f"{upstream.url}/v1/responses",
        "api_key": "provider-key-0123456789",
        "models": ["gpt-5.1"],
    }
    raw["Providers"].append(strict)
    return await start_service(raw)


@pytest.fixture
async def sdk(service: Service) -> AsyncIterator[AsyncOpenAI]:
    async with AsyncOpenAI(base_url=f"{service.url}/v1", api_key=KEY, max_retries=0) as made:
        yield made


async def final(sdk: AsyncOpenAI, *, streamed: bool = True, **members: Any) -> Response:
    """The answer, by either way; every event must be one that OpenAI declares."""
    members = {"model": "gpt-4o", "store": False, **members}
    if not streamed:
        return await sdk.responses.create(**members)  # type: ignore[no-any-return]  # plain dicts
    async with sdk.responses.stream(**members) as events:
        async for event in events:  # SDK serialises its own parsed items with warnings
            _EVENT.validate_python(event.to_dict(warnings=False))
        return await events.get_final_response()


async def test_a_question_is_answered(sdk: AsyncOpenAI, provider: Provider) -> None:
    provider.script = whole(completion("Hello."))

    raw = await sdk.responses.with_raw_response.create(
        model="gpt-4o", instructions="Be kind.", input="Say hello"
    )
    answer = raw.parse()

    assert answer.output_text == "Hello."
    assert answer.status == "completed"
    assert answer.usage is not None
    assert (answer.usage.input_tokens, answer.usage.total_tokens) == (11, 16)
    assert raw.headers["x-ccr-route"] == "mock,big"
    sent = provider.calls[0].body
    assert sent["messages"] == [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": "Say hello"},
    ]
    Response.model_validate(json.loads(raw.text), strict=True)


async def test_an_answer_can_be_streamed(sdk: AsyncOpenAI) -> None:
    async with sdk.responses.stream(model="gpt-4o", input="Say hello") as events:
        found = [event async for event in events]
        answer = await events.get_final_response()

    pieces = [event.delta for event in found if event.type == "response.output_text.delta"]
    assert "".join(pieces) == answer.output_text == "Hello from the provider"
    assert len(pieces) > 1
    assert [event.sequence_number for event in found] == sorted(e.sequence_number for e in found)
    assert found[0].type == "response.created"
    assert found[-1].type == "response.completed"
    assert answer.usage is not None
    assert answer.usage.output_tokens == 5


@pytest.mark.parametrize("streamed", [True, False], ids=["streamed", "whole"])
async def test_tools_make_a_round_trip(
    sdk: AsyncOpenAI, provider: Provider, streamed: bool
) -> None:
    heads = [
        {"index": n, "id": f"call_{n}", "type": "function", "function": {"name": "weather"}}
        for n in (1, 2)
    ]
    pieces = ['{"ci', 'ty": "Pa', 'ris"}']
    parts = [
        part
        for head in heads
        for part in (
            head,
            *({"index": head["index"], "function": {"arguments": p}} for p in pieces),
        )
    ]
    provider.script = stream(
        [*(chunk({"tool_calls": [part]}) for part in parts), chunk({}, "tool_calls")]
    )
    question: list[Any] = [{"role": "user", "content": "How is the weather?"}]

    answer = await final(
        sdk,
        streamed=streamed,
        input=question,
        tools=[TOOL],
        tool_choice="required",
        parallel_tool_calls=False,
    )

    calls = [item for item in answer.output if item.type == "function_call"]
    assert [(c.call_id, json.loads(c.arguments)) for c in calls] == [
        ("call_1", {"city": "Paris"}),
        ("call_2", {"city": "Paris"}),
    ]
    sent = provider.calls[0].body
    assert sent["tools"][0]["function"]["name"] == "weather"
    assert (sent["tool_choice"], sent["parallel_tool_calls"]) == ("required", False)

    provider.script = whole(completion("It rains."))
    outputs = [
        {"type": "function_call_output", "call_id": c.call_id, "output": "Rain"} for c in calls
    ]
    last = await sdk.responses.create(
        model="gpt-4o",
        input=[*question, *(item.to_dict() for item in answer.output), *outputs],
        tools=[TOOL],  # type: ignore[list-item]  # plain dicts
    )

    assert last.output_text == "It rains."
    roles = [message["role"] for message in provider.calls[1].body["messages"]]
    assert roles == ["user", "assistant", "tool", "tool"]


async def test_a_custom_tool_takes_free_text(sdk: AsyncOpenAI, provider: Provider) -> None:
    function = {"name": "apply", "arguments": '{"input": "*** Begin\\n"}'}
    head = {"index": 0, "id": "call_1", "type": "function", "function": function}
    provider.script = stream([chunk({"tool_calls": [head]}), chunk({}, "tool_calls")])
    grammar = {"type": "grammar", "syntax": "lark", "definition": "start: x"}
    tool = {"type": "custom", "name": "apply", "description": "d", "format": grammar}

    answer = await final(sdk, input="go", tools=[tool])

    [item] = answer.output
    assert item.type == "custom_tool_call"
    assert (item.name, item.input) == ("apply", "*** Begin\n")
    parameters = provider.calls[0].body["tools"][0]["function"]["parameters"]
    assert "start: x" in parameters["properties"]["input"]["description"]

    output = {"type": "custom_tool_call_output", "call_id": "call_1", "output": "ok"}
    provider.script = whole(completion("Done."))
    await final(sdk, streamed=False, input=["go", item.to_dict(), output][1:], tools=[tool])
    call, result = provider.calls[1].body["messages"]
    assert json.loads(call["tool_calls"][0]["function"]["arguments"]) == {"input": "*** Begin\n"}
    assert result["content"] == "ok"


async def test_a_tool_in_a_namespace_is_called_there(sdk: AsyncOpenAI, provider: Provider) -> None:
    function = {"name": "crm__find", "arguments": "{}"}
    head = {"index": 0, "id": "call_1", "type": "function", "function": function}
    provider.script = stream([chunk({"tool_calls": [head]}), chunk({}, "tool_calls")])
    inner = {**TOOL, "name": "find"}
    space = {"type": "namespace", "name": "crm", "description": "d", "tools": [inner]}

    answer = await final(sdk, input="go", tools=[space])

    [item] = answer.output
    assert item.type == "function_call"
    assert (item.namespace, item.name, item.arguments) == ("crm", "find", "{}")


async def test_images_files_and_formats_reach_the_provider(
    sdk: AsyncOpenAI, provider: Provider
) -> None:
    class Answer(BaseModel):
        a: str

    provider.script = whole(completion('{"a": "x"}'))
    image = {"type": "input_image", "image_url": "data:image/png;base64,AAAA", "detail": "auto"}
    content: list[Any] = [{"type": "input_text", "text": "What is this?"}, image]

    answer = await sdk.responses.parse(
        model="mock,big",
        input=[{"role": "user", "content": content}],
        max_output_tokens=50,
        temperature=0.5,
        reasoning={"effort": "high"},
        text_format=Answer,
    )

    assert answer.output_parsed == Answer(a="x")
    sent = provider.calls[0].body
    assert sent["messages"][0]["content"][1]["image_url"]["url"] == image["image_url"]
    assert (sent["max_tokens"], sent["temperature"]) == (50, 0.5)
    assert "a" in sent["response_format"]["json_schema"]["schema"]["properties"]


async def test_images_in_the_output_of_a_tool_reach_the_provider(
    sdk: AsyncOpenAI, provider: Provider
) -> None:
    image = {"type": "input_image", "image_url": "data:image/png;base64,AAAA"}
    call_item = {"type": "function_call", "call_id": "c", "name": "weather", "arguments": "{}"}
    output = {"type": "function_call_output", "call_id": "c", "output": [image]}
    provider.script = whole(completion("A cat."))

    await final(sdk, streamed=False, input=[call_item, output], tools=[TOOL])

    assert "data:image/png;base64,AAAA" in json.dumps(provider.calls[0].body["messages"])


# -- reasoning ---------------------------------------------------------------------------------


async def test_thinking_of_anthropic_comes_back_with_its_signature(
    sdk: AsyncOpenAI, provider: Provider
) -> None:
    thinking = claude_block(
        0,
        {"type": "thinking", "thinking": "", "signature": ""},
        {"type": "thinking_delta", "thinking": "Hm."},
        {"type": "signature_delta", "signature": "c2lnbmVk"},
    )
    hidden = claude_block(1, {"type": "redacted_thinking", "data": "aGlkZGVu"})
    used = {"type": "tool_use", "id": "toolu_1", "name": "weather", "input": {}}
    parts = [{"type": "input_json_delta", "partial_json": p} for p in ("", '{"city"', ':"Rome"}')]
    events = claude_events(thinking, hidden, claude_block(2, used, *parts), stop="tool_use")
    provider.script = stream(events, done=False)
    question: list[Any] = [{"role": "user", "content": "How is the weather?"}]

    answer = await final(
        sdk,
        model=CLAUDE,
        input=question,
        tools=[TOOL],
        reasoning={"effort": "high", "summary": "auto"},
        include=["reasoning.encrypted_content"],
    )

    first, second, called = answer.output
    assert first.type == second.type == "reasoning"
    assert [part.text for part in first.summary] == ["Hm."]
    assert called.type == "function_call"
    assert json.loads(called.arguments) == {"city": "Rome"}
    assert answer.usage is not None
    assert answer.usage.input_tokens_details.cached_tokens == 90

    output = {"type": "function_call_output", "call_id": "toolu_1", "output": "Rain"}
    items = [*question, *(item.to_dict() for item in answer.output), output]
    await final(sdk, model=CLAUDE, input=items, tools=[TOOL])

    sent = provider.calls[1].body["messages"]
    assert sent[1]["content"] == [
        {"type": "thinking", "thinking": "Hm.", "signature": "c2lnbmVk"},
        {"type": "redacted_thinking", "data": "aGlkZGVu"},
        {"type": "tool_use", "id": "toolu_1", "name": "weather", "input": {"city": "Rome"}},
    ]
    assert sent[2]["content"] == [
        {"type": "tool_result", "tool_use_id": "toolu_1", "content": "Rain"}
    ]


@pytest.mark.parametrize("streamed", [True, False], ids=["streamed", "whole"])
async def test_encrypted_reasoning_passes_through_to_a_strict_server(
    sdk: AsyncOpenAI, upstream: Upstream, streamed: bool
) -> None:
    api = ResponsesApi(
        [think("One.", "Two."), call("weather", {"city": "Bern"}, "call_a")],
        [think(), say("Sunny.")],
        [say("Bye.")],
    )
    upstream.respond(api.respond)
    items: list[Any] = [{"role": "user", "content": "How is the weather?"}]
    wish: dict[str, Any] = {"model": "strict,gpt-5.1", "tools": [TOOL], "streamed": streamed}
    wish["reasoning"] = {"effort": "low", "summary": "auto"}

    for extra in (
        [{"type": "function_call_output", "call_id": "call_a", "output": "sun"}],
        [{"role": "user", "content": "Thanks"}],
        [],
    ):
        answer = await final(sdk, input=items, **wish)
        items += [*(item.to_dict() for item in answer.output), *extra]

    assert api.refusals == []
    sent = upstream.requests[-1].body
    assert [i["id"] for i in sent["input"] if i["type"] == "reasoning"] == ["rs_0", "rs_2"]
    assert sent["reasoning"] == {"effort": "low", "summary": "auto"}


async def test_reasoning_of_another_server_is_not_passed_on(
    sdk: AsyncOpenAI, provider: Provider
) -> None:
    reasoning = {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "gAAA"}
    items = [{"role": "user", "content": "hi"}, reasoning, {"role": "assistant", "content": "yes"}]
    said = claude_block(0, {"type": "text", "text": ""}, {"type": "text_delta", "text": "Yes."})
    provider.script = stream(claude_events(said), done=False)

    await final(sdk, model=CLAUDE, input=[*items, {"role": "user", "content": "more"}])

    sent = provider.calls[0].body["messages"]
    assert [block["type"] for block in sent[1]["content"]] == ["text"]


# -- ends and errors ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "reason"), [("length", "max_output_tokens"), ("content_filter", "content_filter")]
)
async def test_an_answer_that_was_cut_says_why(
    sdk: AsyncOpenAI, provider: Provider, word: str, reason: str
) -> None:
    body = completion("Hel")
    body["choices"][0]["finish_reason"] = word
    provider.script = whole(body)

    answer = await final(sdk, streamed=False, input="hi")

    assert answer.status == "incomplete"
    assert answer.incomplete_details is not None
    assert answer.incomplete_details.reason == reason


async def test_a_failure_in_mid_stream_is_an_exception(
    sdk: AsyncOpenAI, provider: Provider
) -> None:
    error = b'data: {"error": {"message": "broke down", "code": 500}}\n\n'
    provider.script = stream([*text_chunks("Hello there")[:1], error], done=False)

    with pytest.raises(APIError, match="broke down"):
        await final(sdk, input="hi")


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"previous_response_id": "resp_1"}, "store=false"),
        ({"conversation": "conv_1"}, "store=false"),
        ({"input": [{"type": "item_reference", "id": "msg_1"}]}, "keeps no conversations"),
        ({"tools": [{"type": "file_search", "vector_store_ids": ["v"]}]}, "file_search"),
        ({"background": True}, "stream"),
    ],
)
async def test_what_the_router_can_not_do_is_refused_with_a_way_out(
    sdk: AsyncOpenAI, members: dict[str, Any], words: str
) -> None:
    with pytest.raises(BadRequestError) as caught:
        await sdk.responses.create(**{"model": "gpt-4o", "input": "hi", **members})

    assert words in str(caught.value)
    assert caught.value.type == "invalid_request_error"


async def test_a_web_search_is_answered_with_its_sources(
    sdk: AsyncOpenAI, upstream: Upstream
) -> None:
    action = {"type": "search", "query": "q", "sources": [{"type": "url", "url": "https://a"}]}
    search = {"type": "web_search_call", "status": "completed", "action": action}
    upstream.respond(ResponsesApi([search, say("Found.")]).respond)

    answer = await final(
        sdk, model="strict,gpt-5.1", input="Search", tools=[{"type": "web_search"}]
    )

    found, text = answer.output
    assert found.type == "web_search_call"
    assert found.action.type == "search"
    assert [source.url for source in found.action.sources or ()] == ["https://a"]
    assert text.type == "message"
    assert answer.output_text == "Found."
