"""The request around the messages: limits, sampling, stream, session."""

import pytest

from ccr_desktop.core.dialects.openai_chat.request import encode_request
from ccr_desktop.core.providers.profile import Profile
from tests.unit.core.dialects.openai_chat.bodies import (
    JsonObject,
    request,
    sent,
    target_for,
    user,
)

# -- limits and sampling -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "of_profile", "expected"),
    [(32000, None, 32000), (32000, 8192, 8192), (100, 8192, 100)],
)
def test_the_answers_limit_is_the_profiles(
    wanted: int, of_profile: int | None, expected: int
) -> None:
    target = target_for(Profile(max_tokens_limit=of_profile))

    made = encode_request(request(user("go"), max_tokens=wanted), target).body

    assert made["max_tokens"] == expected


@pytest.mark.parametrize(
    ("profile", "member"),
    [
        ("openai", "max_completion_tokens"),
        ("groq", "max_completion_tokens"),
        ("deepseek", "max_tokens"),
        ("mistral", "max_tokens"),
    ],
)
def test_the_limit_has_the_name_its_provider_knows(profile: str, member: str) -> None:
    limits = {"max_tokens", "max_completion_tokens"}

    assert limits & sent(request(user("go")), profile).keys() == {member}


def test_a_request_without_a_limit_sends_none() -> None:
    body = request(user("go"))
    del body["max_tokens"]

    assert "max_tokens" not in sent(body)


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        pytest.param(
            {"temperature": 0, "top_p": 0.5, "top_k": 4},
            {"temperature": 0, "top_p": 0.5},
            id="top_k is Anthropic's",
        ),
        pytest.param({"temperature": None}, {}, id="null"),
        pytest.param(
            {"stop_sequences": ["a", "", "b"]}, {"stop": ["a", "b"]}, id="empty stops are left out"
        ),
        pytest.param({"stop_sequences": list("abcdef")}, {"stop": list("abcd")}, id="four at most"),
        pytest.param({"stop_sequences": []}, {}, id="no stops"),
        pytest.param({"stop_sequences": None}, {}, id="null stops"),
    ],
)
def test_sampling_is_passed_on_as_far_as_it_is_understood(
    members: JsonObject, expected: JsonObject
) -> None:
    made = sent(request(user("go"), **members))

    names = ("temperature", "top_p", "top_k", "stop", "stop_sequences")
    assert {name: made[name] for name in names if name in made} == expected


@pytest.mark.parametrize(
    ("model", "is_sent"), [("gpt-5.5", False), ("o3", False), ("gpt-4.1", True)]
)
def test_openais_reasoning_models_get_no_sampling(model: str, *, is_sent: bool) -> None:
    body = request(user("go"), temperature=0, stop_sequences=["x"])

    made = sent(body, "openai", model=model)

    assert ("temperature" in made) is is_sent
    assert ("stop" in made) is is_sent


SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}}


@pytest.mark.parametrize(
    ("members", "is_sent"),
    [
        pytest.param(
            {"output_config": {"format": {"type": "json_schema", "schema": SCHEMA}}},
            True,
            id="today's spelling",
        ),
        pytest.param(
            {"output_format": {"type": "json_schema", "schema": SCHEMA}},
            True,
            id="the older spelling",
        ),
        pytest.param({"output_config": {"effort": "high"}}, False, id="no format"),
        pytest.param({"output_config": {"format": "json"}}, False, id="a format that is none"),
    ],
)
def test_a_structured_answer_is_asked_for_by_its_schema(
    members: JsonObject, *, is_sent: bool
) -> None:
    made = sent(request(user("go"), **members))

    expected = {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA}}
    assert made.get("response_format") == (expected if is_sent else None)


# -- stream and session ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stream", "profile", "expected"),
    [
        pytest.param(
            True,
            "generic",
            {"stream": True, "stream_options": {"include_usage": True}},
            id="stream",
        ),
        pytest.param(True, "mistral", {"stream": True}, id="a provider that refuses options"),
        pytest.param(False, "generic", {"stream": False}, id="no stream"),
        pytest.param(None, "generic", {"stream": False}, id="null"),
        pytest.param(1, "generic", {"stream": False}, id="only true is true"),
    ],
)
def test_a_stream_is_asked_for_with_its_usage(
    stream: object, profile: str, expected: JsonObject
) -> None:
    made = sent(request(user("go"), stream=stream), profile)

    assert {k: v for k, v in made.items() if k.startswith("stream")} == expected


@pytest.mark.parametrize(
    ("profile", "member"),
    [("openai", "prompt_cache_key"), ("openrouter", "session_id"), ("generic", None)],
)
def test_the_session_keeps_a_conversation_on_one_cache(profile: str, member: str | None) -> None:
    made = encode_request(request(user("go")), target_for(profile), "s" * 80).body

    assert {k: v for k, v in made.items() if v == "s" * 64} == (
        {member: "s" * 64} if member else {}
    )


def test_without_a_session_no_key_is_sent() -> None:
    assert "prompt_cache_key" not in sent(request(user("go")), "openai")


def test_private_and_unknown_members_stay_here() -> None:
    private = {
        "metadata": {"user_id": "u"},
        "safeguards": [{}],
        "context_management": {"edits": []},
        "service_tier": "auto",
        "speed": "fast",
        "container": "c",
        "diagnostics": {},
        "betas": ["x"],
        "brand_new": 1,
    }

    made = sent(request(user("go"), **private))

    assert made.keys() == {"model", "messages", "max_tokens", "stream"}


def test_the_model_is_the_routes_and_extra_members_come_last() -> None:
    profile = Profile(extra_body={"temperature": 0.1, "safe": True})

    made = sent(request(user("go"), temperature=1), profile, model="the-model")

    assert (made["model"], made["temperature"], made["safe"]) == ("the-model", 0.1, True)
