"""The scripted Bedrock is one: Anthropic's own client for it says so."""

from collections.abc import Iterator

import anthropic
import pytest

from tests.support.bedrock_upstream import KEY, BedrockUpstream
from tests.support.turns import call, text, tool_calls

MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0"
HELLO: list[anthropic.types.MessageParam] = [{"role": "user", "content": "Hello"}]


@pytest.fixture
def upstream() -> Iterator[BedrockUpstream]:
    with BedrockUpstream() as started:
        yield started


def own_client(upstream: BedrockUpstream, key: str = KEY) -> anthropic.AnthropicBedrock:
    return anthropic.AnthropicBedrock(
        api_key=key, aws_region="us-east-1", base_url=upstream.url, max_retries=0
    )


def test_its_streams_are_read_by_the_official_client(upstream: BedrockUpstream) -> None:
    upstream.script(text("I look. ") + tool_calls([call("Read", {"file_path": "/a"})]))

    with (
        own_client(upstream) as client,
        client.messages.stream(model=MODEL, max_tokens=9, messages=HELLO) as stream,
    ):
        message = stream.get_final_message()

    words, tool = message.content
    assert words.type == "text"
    assert words.text == "I look. "
    assert tool.type == "tool_use"
    assert tool.input == {"file_path": "/a"}
    assert upstream.refusals == []


def test_so_are_its_whole_answers(upstream: BedrockUpstream) -> None:
    upstream.script(text("Hi."))

    with own_client(upstream) as client:
        message = client.messages.create(model=MODEL, max_tokens=9, messages=HELLO)

    (words,) = message.content
    assert words.type == "text"
    assert words.text == "Hi."
    assert upstream.refusals == []


def test_it_refuses_a_wrong_key_and_unknown_features(upstream: BedrockUpstream) -> None:
    with own_client(upstream, "wrong") as client, pytest.raises(anthropic.PermissionDeniedError):
        client.messages.create(model=MODEL, max_tokens=9, messages=HELLO)
    with own_client(upstream) as client, pytest.raises(anthropic.BadRequestError):
        client.beta.messages.create(
            model=MODEL, max_tokens=9, messages=HELLO, betas=["prompt-caching-scope-2026-01-05"]
        )
