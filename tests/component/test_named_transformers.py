"""Transformers for single providers, in a running service."""

import pytest

from tests.component.client import QUESTION, STREAMED
from tests.component.conftest import Connect
from tests.component.provider import (
    JsonObject,
    Provider,
    chunk,
    completion,
    finish_chunk,
    stream,
    whole,
)
from tests.component.test_transformers import chained

READ = {
    "name": "Read",
    "description": "Reads.",
    "input_schema": {"type": "object", "properties": {"path": {"type": "string"}}},
}
PRINTED = "<tool_call>Read\n<arg_key>path</arg_key>\n<arg_value>/a.txt</arg_value>\n</tool_call>"


@pytest.mark.parametrize("asked", [QUESTION, STREAMED], ids=["whole", "streamed"])
async def test_a_printed_call_reaches_the_client_as_a_call(
    connect: Connect, provider: Provider, asked: JsonObject
) -> None:
    text = f"I look.\n{PRINTED}"
    pieces = [text[at : at + 3] for at in range(0, len(text), 3)]
    chunks = [chunk({"content": piece}) for piece in pieces]
    is_stream = asked.get("stream") is True
    provider.script = stream([*chunks, finish_chunk()]) if is_stream else whole(completion(text))
    client = await connect(**chained(provider, {"use": ["chutes-glm"]}))

    answer = await client.ask({**asked, "tools": [READ]})

    told = answer.raw.decode()
    assert answer.text == "I look."
    assert '"name":"Read"' in told
    assert '"stop_reason":"tool_use"' in told
    assert "tool_call>" not in told
