from dataclasses import replace
from typing import Any

import pytest

from ccr_desktop.core.dialects.openai_responses import OpenAIResponses, endpoint
from ccr_desktop.core.providers import catalog
from ccr_desktop.errors import ClientError
from tests.unit.core.dialects.openai_chat.bodies import request, text, tool, user
from tests.unit.core.dialects.openai_responses.bodies import TARGET, JsonObject, sent

BILLING = "x-anthropic-billing-header: cc_version=1"


def test_nothing_is_stored_at_the_provider() -> None:
    found = sent(request(user("hi")))

    assert found["store"] is False
    assert found["include"] == ["reasoning.encrypted_content"]


def test_the_system_prompt_becomes_instructions_without_the_billing_line() -> None:
    system = [text(BILLING), text("You are."), text("Be kind.")]

    assert sent(request(user("hi"), system=system))["instructions"] == "You are.\n\nBe kind."
    assert "instructions" not in sent(request(user("hi")))


@pytest.mark.parametrize(
    ("wanted", "limit", "expected"),
    [(100, None, 100), (1, None, 16), (100, 50, 50), (128_000, None, 128_000)],
)
def test_the_length_of_the_answer_is_limited(wanted: int, limit: int | None, expected: int) -> None:
    body = {**request(user("hi")), "max_tokens": wanted}

    assert sent(body, max_tokens_limit=limit)["max_output_tokens"] == expected


def test_private_and_unknown_members_stay_here() -> None:
    body = request(
        user("hi"),
        metadata={"user_id": "u"},
        safeguards=[{}],
        context_management={},
        stop_sequences=["x"],
        top_k=3,
    )

    assert sent(body).keys() == {
        "model", "input", "max_output_tokens", "store", "stream", "include",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("model", "expected"),
    [("gpt-5.1", {}), ("o3", {}), ("m", {}), ("gpt-4.1", {"temperature": 0.5})],
)
def test_sampling_is_kept_from_models_that_refuse_it(model: str, expected: JsonObject) -> None:
    found = sent(request(user("hi"), temperature=0.5), replace(TARGET, model=model))

    assert {name: found[name] for name in ("temperature",) if name in found} == expected


def test_the_session_keeps_the_conversation_on_one_prompt_cache() -> None:
    assert sent(request(user("hi")), session="s" * 70)["prompt_cache_key"] == "s" * 64


@pytest.mark.parametrize("member", ["output_format", "output_config"])
def test_a_structured_answer_is_asked_for(member: str) -> None:
    form = {"type": "json_schema", "schema": {"type": "object"}}
    body = request(user("hi"), **{member: form if member == "output_format" else {"format": form}})

    assert sent(body)["text"] == {
        "format": {
            "type": "json_schema",
            "name": "answer",
            "schema": {"type": "object"},
            "strict": False,
        }
    }


@pytest.mark.parametrize("stream", [True, False])
def test_the_stream_is_asked_for_as_the_client_does(stream: bool) -> None:
    assert sent(request(user("hi"), stream=stream))["stream"] is stream


def test_the_same_request_gives_the_same_bytes() -> None:
    body = request(user("hi"), tools=[tool("Bash")], system="s")
    dialect = OpenAIResponses()

    first, second = (dialect.call(dialect.encode(body, TARGET, "s"), TARGET) for _ in range(2))

    assert first.body == second.body
    assert first.headers["Authorization"] == "Bearer k"


def test_a_request_without_anything_to_answer_is_refused() -> None:
    body: Any = request({"role": "system", "content": "s"})

    with pytest.raises(ClientError, match="there is no text"):
        OpenAIResponses().encode(body, TARGET, "")


def test_servers_in_general_are_asked_for_no_more_than_they_take() -> None:
    target = replace(TARGET, profile=catalog.COMPATIBLE)

    found = sent({**request(user("hi")), "max_tokens": 128_000}, target)

    assert found["max_output_tokens"] == 32_000


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://h", "https://h/v1/responses"),
        ("https://h/", "https://h/v1/responses"),
        ("https://h/v1", "https://h/v1/responses"),
        ("https://h/api/v3/", "https://h/api/v3/responses"),
        ("https://h/openai", "https://h/openai/responses"),
        ("https://h/v1/responses", "https://h/v1/responses"),
        ("https://h/v1/chat/completions", "https://h/v1/responses"),
        ("https://h/openai/responses?api-version=1", "https://h/openai/responses?api-version=1"),
    ],
)
def test_the_beginning_of_an_address_is_completed(url: str, expected: str) -> None:
    assert endpoint(url) == expected
