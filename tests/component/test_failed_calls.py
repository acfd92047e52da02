"""Tool calls that the provider could not read: used when they are there, else tried again."""

import pytest

from tests.component.client import QUESTION, STREAMED, Client
from tests.component.conftest import Connect
from tests.component.provider import Call, JsonObject, Provider, answering, whole
from tests.component.two_providers import MODES

pytestmark = pytest.mark.usefixtures("hasty")

TOOL = {"name": "Read", "input_schema": {"type": "object", "properties": {}}}


def failed(text: str) -> JsonObject:
    error = {"message": "Failed to call a function.", "type": "invalid_request_error"}
    return {"error": {**error, "code": "tool_use_failed", "failed_generation": text}}


@MODES
async def test_a_call_that_is_there_reaches_the_client(
    provider: Provider, client: Client, question: JsonObject
) -> None:
    provider.script = whole(failed('<function=Read{"path": "/a"}</function>'), 400)

    answer = await client.ask({**question, "tools": [TOOL]})

    assert answer.status == 200
    assert len(provider.calls) == 1
    assert b'"tool_use"' in answer.raw
    assert b"/a" in answer.raw


@MODES
async def test_what_nobody_can_read_is_generated_once_more(
    provider: Provider, client: Client, question: JsonObject
) -> None:
    async def at_first_broken(call: Call):  # type: ignore[no-untyped-def]
        first = len(provider.calls) == 1
        script = whole(failed("I can't {"), 400) if first else answering("Here it is")
        return await script(call)

    provider.script = at_first_broken

    answer = await client.ask({**question, "tools": [TOOL]})

    assert (answer.status, answer.text) == (200, "Here it is")
    assert "The model wrote: I can't {" in answer.headers["x-ccr-failed"]


async def test_a_model_that_fails_again_is_told_of(provider: Provider, connect: Connect) -> None:
    provider.script = whole(failed("I can't {"), 400)
    client = await connect()

    for question in (QUESTION, STREAMED):
        answer = await client.ask(question)
        assert answer.status == 502
        assert "Failed to call a function. The model wrote: I can't {" in answer.error["message"]
    assert len(provider.calls) == 4
