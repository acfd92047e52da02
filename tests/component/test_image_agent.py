"""The image agent before a text model that refuses pictures and tools it does not know."""

import asyncio
from typing import Any

import pytest

from tests.component.client import Client
from tests.component.conftest import Connect
from tests.component.provider import (
    Call,
    Provider,
    chunk,
    completion,
    finish_chunk,
    held,
    soon,
    stream,
    whole,
)
from tests.component.sight import (
    HISTORY,
    MODES,
    PICTURE,
    ROUTES,
    USAGE,
    Models,
    assistant,
    body,
    call,
    content,
    ending,
    look,
    says,
    user,
    words,
)


@pytest.fixture
def models(provider: Provider) -> Models:
    return Models(provider)


@pytest.fixture
async def client(connect: Connect) -> Client:
    return await connect(Router=ROUTES)


@MODES
async def test_a_model_that_does_not_see_asks_about_a_picture(
    client: Client, models: Models, *, streams: bool
) -> None:
    models.script(says("Let me see.", look()), says("It is black."))

    answer = await client.ask(body(*HISTORY, streams=streams))

    assert [b["type"] for b in content(answer)] == ["text", "text"]
    assert "".join(b["text"] for b in content(answer)).startswith("Let")
    assert "analyzeImage" not in answer.raw.decode()
    assert ending(answer)["stop_reason"] == "end_turn"
    first, second = models.asked
    assert [tool["function"]["name"] for tool in first["tools"]] == ["Bash", "analyzeImage"]
    assert "[Image #1]" in words(first["messages"][1])
    assert second["messages"][: len(first["messages"])] == first["messages"]
    called, result = second["messages"][-2:]
    assert called["tool_calls"][0]["function"]["name"] == "analyzeImage"
    assert called["content"]
    assert (result["role"], result["content"]) == ("tool", "It is black.")


async def test_the_model_that_sees_gets_the_picture_and_the_task(
    client: Client, models: Models
) -> None:
    models.script(says("", look()), says("It is black."))

    await client.ask(body(*HISTORY))

    [asked] = models.seen
    parts = asked["messages"][-1]["content"]
    assert [part["type"] for part in parts] == ["text", "image_url", "text"]
    assert "Which colour?" in parts[-1]["text"]
    assert "What colour?" in parts[-1]["text"]
    assert "tools" not in asked


@MODES
async def test_a_model_may_look_any_number_of_times(
    client: Client, models: Models, *, streams: bool
) -> None:
    models.script(*(says("", look(f"call_{i}")) for i in range(5)), says("Seen enough."))

    answer = await client.ask(body(*HISTORY, streams=streams))

    assert [b.get("text", "").replace(" ", "") for b in content(answer)] == ["Seenenough."] or (
        [b["text"] for b in content(answer)] == ["Seen enough."]
    )
    assert len(models.seen) == 5
    assert len(models.asked) == 6
    usage = ending(answer)["usage"]
    assert (usage["input_tokens"], usage["output_tokens"]) == (600, 60)
    assert len(usage["iterations"]) == 6
    assert usage["iterations"][-1]["input_tokens"] == 100


@MODES
async def test_looking_has_an_end(client: Client, models: Models, *, streams: bool) -> None:
    models.script(*(says("", look(f"call_{i}")) for i in range(50)))

    answer = await client.ask(body(*HISTORY, streams=streams))

    [block] = content(answer)
    assert "the router stopped" in block["text"]
    assert ending(answer)["stop_reason"] == "end_turn"
    assert len(models.asked) == 13


@MODES
async def test_calls_of_the_clients_tools_in_the_same_answer_reach_it(
    client: Client, models: Models, *, streams: bool
) -> None:
    models.script(says("Both.", call("Bash", '{"command": "ls"}'), look()), says("Done."))

    answer = await client.ask(body(*HISTORY, streams=streams))
    blocks = content(answer)

    assert [b["type"] for b in blocks] == ["text", "thinking", "tool_use"]
    assert (blocks[-1]["name"], blocks[-1]["input"]) == ("Bash", {"command": "ls"})
    assert ending(answer)["stop_reason"] == "tool_use"
    result = {"type": "tool_result", "tool_use_id": blocks[-1]["id"], "content": "files"}
    await client.ask(
        body(*HISTORY, {"role": "assistant", "content": blocks}, user(result), streams=streams)
    )
    said = models.asked[1]["messages"]
    called = next(m for m in said if m.get("tool_calls"))
    assert {c["function"]["name"] for c in called["tool_calls"]} == {"Bash", "analyzeImage"}
    assert {m["content"] for m in said if m["role"] == "tool"} == {"files", "It is black."}


@MODES
async def test_what_was_seen_is_remembered_in_the_conversation(
    client: Client, models: Models, *, streams: bool
) -> None:
    models.script(says("See.", look()), says("Black."), says("As I said."))
    thinking = {"thinking": {"type": "adaptive"}}
    answer = await client.ask(body(*HISTORY, streams=streams, **thinking))
    blocks = content(answer)

    later = (*HISTORY, {"role": "assistant", "content": blocks}, user("Sure?"))
    await client.ask(body(*later, streams=streams, **thinking))

    assert [b["type"] for b in blocks] == ["text", "thinking", "text"]
    before, after = models.asked[1]["messages"], models.asked[2]["messages"]
    assert after[: len(before)] == before
    assert len(models.seen) == 1


@MODES
async def test_a_look_that_fails_is_told_with_provider_and_reason(
    client: Client, models: Models, *, streams: bool
) -> None:
    models.eyes = whole({"error": {"message": "blinded"}}, 403)
    models.script(says("", look()), says("I could not see it."))

    answer = await client.ask(body(*HISTORY, streams=streams))

    assert "I" in content(answer)[0]["text"]
    result = models.asked[1]["messages"][-1]["content"]
    assert "mock,eyes" in result
    assert "blinded" in result


async def test_numbers_that_name_no_picture_are_told_to_the_model(
    client: Client, models: Models
) -> None:
    models.script(says("", look(number="7")), says("Sorry."))

    await client.ask(body(*HISTORY))

    assert "There is no image #7; there is #1." in models.asked[1]["messages"][-1]["content"]
    assert not models.seen


async def test_a_new_picture_goes_straight_to_the_model_that_sees(
    client: Client, models: Models
) -> None:
    result = {"type": "tool_result", "tool_use_id": "t", "content": [PICTURE]}
    used = {"type": "tool_use", "id": "t", "name": "Read", "input": {}}

    await client.ask(body(user("Read it"), assistant(used), user(result)))

    assert len(models.seen) == 1
    assert not models.asked


async def test_the_agent_can_be_forced_upon_new_pictures(connect: Connect, models: Models) -> None:
    client = await connect(Router=ROUTES, forceUseImageAgent=True)
    result = {"type": "tool_result", "tool_use_id": "t", "content": [PICTURE, PICTURE]}
    used = {"type": "tool_use", "id": "t", "name": "Read", "input": {}}
    models.script(says("", look(number="2")), says("Seen."))

    await client.ask(body(user("Read it"), assistant(used), user(result), system="Be brief."))

    told = next(m for m in models.asked[0]["messages"] if m["role"] == "tool")["content"]
    assert "[Image #1]" in told
    assert "[Image #2]" in told
    assert models.asked[0]["messages"][0]["content"].startswith("Be brief.\n\n")
    assert len(models.seen) == 1


async def test_an_explicit_model_is_kept_and_asks_for_eyes(client: Client, models: Models) -> None:
    models.script(says("Hello."))

    await client.ask(body(user(PICTURE, "Look"), model="mock,text"))

    assert "[Image #1]" in words(models.asked[0]["messages"][-1])
    assert not models.seen


async def test_pings_go_out_while_a_picture_is_looked_at(
    client: Client, models: Models, impatient: None
) -> None:
    release = asyncio.Event()
    inner = whole(completion("Black."))

    async def slow(asked: Call) -> Any:
        await release.wait()
        return await inner(asked)

    models.eyes = slow
    models.script(says("Let me see.", look()), says("Black."))

    async with client.streaming(body(*HISTORY, streams=True)) as answer:
        await answer.until(b"see.")
        await answer.until(b"event: ping")
        release.set()
        told = await answer.rest()

    assert told.kinds[-1] == "message_stop"


async def test_a_look_ends_with_the_client(
    client: Client, provider: Provider, models: Models, impatient: None
) -> None:
    models.eyes = held(asyncio.Event())
    models.script(says("Let me see.", look()))

    async with client.streaming(body(*HISTORY, streams=True)) as answer:
        await answer.until(b"event: ping")

    await soon((await provider.called(2)).gone)


async def test_a_later_answer_that_fails_is_told_in_the_stream(
    client: Client, models: Models
) -> None:
    broken = whole({"error": {"message": "no more"}}, 400)
    models.script(says("Let me see.", look()), lambda _: broken)

    answer = await client.ask(body(*HISTORY, streams=True))

    assert answer.kinds[-1] == "error"
    assert "mock,text" in answer.events[-1]["error"]["message"]
    assert "no more" in answer.events[-1]["error"]["message"]


async def test_a_later_answer_may_come_from_another_route(connect: Connect, models: Models) -> None:
    routes = {"default": ["mock,text", "mock,spare"], "image": "mock,eyes"}
    client = await connect(Router=routes)
    down = whole({"error": {"message": "down"}}, 503)
    models.script(says("See.", look()), lambda _: down, lambda _: down, says("Black."))

    answer = await client.ask(body(*HISTORY, streams=True))

    assert [b["text"].strip() for b in content(answer)] == ["See.", "Black."]
    assert [asked["model"] for asked in models.asked] == ["text", "text", "text", "spare"]


async def test_an_answer_that_is_cut_in_a_look_ends_there(client: Client, models: Models) -> None:
    cut = {**look(), "function": {"name": "analyzeImage", "arguments": '{"imageId": ["1'}}
    piece = chunk({"tool_calls": [{"index": 0, **cut}]})
    models.script(lambda _: stream([piece, chunk({}, "length", USAGE)]))

    answer = await client.ask(body(*HISTORY, streams=True))

    assert ending(answer)["stop_reason"] == "max_tokens"
    assert content(answer) == []


async def test_a_request_without_pictures_knows_nothing_of_the_agent(
    client: Client, models: Models
) -> None:
    models.script(lambda _: stream([chunk({"content": "Hi."}), finish_chunk()]))

    await client.ask(body(user("Hello"), streams=True))

    assert [t["function"]["name"] for t in models.asked[0]["tools"]] == ["Bash"]
    assert len(models.asked[0]["messages"]) == 1
