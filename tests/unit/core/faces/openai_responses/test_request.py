from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.faces.openai_responses.request import read_request
from ccr_desktop.core.faces.wishes import JSON_ONLY, fit_for_anthropic
from ccr_desktop.core.protocol.checks import check_request, check_translatable
from ccr_desktop.errors import ClientError

JsonObject = dict[str, Any]


def read(**members: Any) -> JsonObject:
    return read_request({"model": "m", "input": "hi", **members}).body


def test_a_plain_question_has_no_more_than_it_needs() -> None:
    message = {"role": "user", "content": [{"type": "text", "text": "hi"}]}

    assert read() == {"model": "m", "messages": [message]}


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"max_output_tokens": 5}, {"max_tokens": 5}),
        ({"temperature": 0.5, "top_p": 1}, {"temperature": 0.5, "top_p": 1}),
        ({"stream": True}, {"stream": True}),
        (
            {"reasoning": {"effort": "minimal", "summary": "auto"}},
            {"thinking": {"type": "adaptive"}, "output_config": {"effort": "low"}},
        ),
        (
            {"reasoning": {"effort": "high"}},
            {
                "thinking": {"type": "adaptive", "display": "omitted"},
                "output_config": {"effort": "high"},
            },
        ),
        ({"reasoning": {"effort": "none"}}, {"thinking": {"type": "disabled"}}),
        ({"reasoning": {"summary": "auto"}}, {}),
        ({"prompt_cache_key": "k"}, {"metadata": {"user_id": '{"session_id":"k"}'}}),
        (
            {"text": {"format": {"type": "json_schema", "name": "x", "schema": {"a": 1}}}},
            {"output_config": {"format": {"type": "json_schema", "schema": {"a": 1}}}},
        ),
        (
            {"text": {"format": {"type": "json_object"}}},
            {"system": [{"type": "text", "text": JSON_ONLY}]},
        ),
        ({"text": {"verbosity": "low"}, "store": True, "truncation": "auto"}, {}),
        ({"tool_choice": "auto", "parallel_tool_calls": False}, {}),
    ],
)
def test_wishes_are_passed_on(members: JsonObject, expected: JsonObject) -> None:
    found = read(**members)

    assert {k: v for k, v in found.items() if k not in ("model", "messages")} == expected


def test_the_answer_repeats_the_request() -> None:
    echo = read_request({"model": "m", "input": "hi", "top_p": 0.5, "instructions": "x"}).echo

    assert (echo["top_p"], echo["instructions"], echo["tool_choice"]) == (0.5, "x", "auto")
    assert (echo["parallel_tool_calls"], echo["tools"]) == (True, [])


@pytest.mark.parametrize(
    ("members", "place"),
    [
        ({"max_output_tokens": 0}, "max_output_tokens"),
        ({"text": {"format": {"type": "json_schema"}}}, "text.format.schema"),
        ({"previous_response_id": "r"}, "previous_response_id"),
        ({"conversation": {"id": "c"}}, "conversation"),
        ({"background": True}, "background"),
        ({"prompt": {"id": "p"}}, "prompt"),
        ({"tools": {}}, "tools"),
    ],
)
def test_what_is_not_possible_is_named(members: JsonObject, place: str) -> None:
    with pytest.raises(ClientError) as caught:
        read(**members)

    assert caught.value.title.startswith(f"{place}:")


_NAMES = (
    "type role content text name namespace tools arguments call_id output input summary effort"
    " reasoning encrypted_content image_url file_data format schema definition"
)
_LEAVES = st.sampled_from(
    ("", "x", "message", "user", "function", "function_call", "function_call_output", "reasoning",
     "custom_tool_call", "namespace", "input_text", "input_image", "data:,x", "json_schema",
     1, None)
)  # fmt: skip
ANY = st.recursive(
    _LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(_NAMES.split()), inner, max_size=5)
    ),
    max_leaves=12,
)
MEMBERS = (
    "input",
    "tools",
    "tool_choice",
    "reasoning",
    "text",
    "instructions",
    "max_output_tokens",
)


@given(st.dictionaries(st.sampled_from(MEMBERS), ANY))
def test_requests_of_any_shape_are_read_or_refused(asked: JsonObject) -> None:
    try:
        body = read_request({"model": "m", **asked}).body
        check_request(body)
    except ClientError:
        return

    check_translatable(body)
    check_translatable(fit_for_anthropic(body))
