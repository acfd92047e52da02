from typing import Any

import pytest
from openai.types.responses import Response

from ccr_desktop.core.faces.openai_responses.answer import response
from ccr_desktop.core.faces.openai_responses.request import read_request

JsonObject = dict[str, Any]

REQUEST = read_request(
    {
        "model": "m",
        "input": "hi",
        "tools": [
            {"type": "function", "name": "f", "parameters": {}, "strict": False},
            {"type": "custom", "name": "g"},
        ],
    }
)


def answer(*content: JsonObject, stop: str = "end_turn", **usage: Any) -> JsonObject:
    message = {
        "id": "msg_1",
        "model": "m",
        "content": list(content),
        "stop_reason": stop,
        "usage": usage,
    }
    made = response(message, REQUEST, created_s=5)
    Response.model_validate(made, strict=True)
    return made


def test_each_block_is_an_item() -> None:
    found = answer(
        {"type": "thinking", "thinking": "Hm.", "signature": "s"},
        {"type": "redacted_thinking", "data": "d"},
        {"type": "text", "text": "a"},
        {"type": "text", "text": ""},
        {"type": "tool_use", "id": "t1", "name": "f", "input": {"a": 1}},
        {"type": "tool_use", "id": "t2", "name": "g", "input": {"input": "x"}},
        {"type": "thinking", "thinking": "", "signature": ""},
    )["output"]

    assert [(item["type"], item["id"]) for item in found] == [
        ("reasoning", "rs_1_0"),
        ("reasoning", "rs_1_1"),
        ("message", "msg_1_2"),
        ("function_call", "fc_1_3"),
        ("custom_tool_call", "fc_1_4"),
    ]
    assert found[0]["encrypted_content"] == "ccr-signature.s"
    assert found[1]["encrypted_content"] == "ccr-redacted.d"
    assert found[3]["arguments"] == '{"a":1}'
    assert found[4]["input"] == "x"


def test_a_tool_that_nobody_declared_is_a_function() -> None:
    [item] = answer({"type": "tool_use", "id": "t", "name": "odd", "input": {}})["output"]

    assert (item["type"], item["name"], item["arguments"]) == ("function_call", "odd", "{}")


def test_a_custom_tool_called_in_another_way_gets_all_of_it() -> None:
    [item] = answer({"type": "tool_use", "id": "t", "name": "g", "input": {"a": 1}})["output"]

    assert item["input"] == '{"a":1}'


def test_a_search_that_failed_says_so() -> None:
    error = {"type": "web_search_tool_result_error", "error_code": "unavailable"}
    use = {"type": "server_tool_use", "id": "s", "name": "web_search", "input": {"query": "q"}}

    [item] = answer(use, {"type": "web_search_tool_result", "tool_use_id": "s", "content": error})[
        "output"
    ]

    assert (item["status"], item["action"]["query"]) == ("failed", "q")


@pytest.mark.parametrize(
    ("stop", "status", "reason"),
    [
        ("end_turn", "completed", None),
        ("tool_use", "completed", None),
        ("max_tokens", "incomplete", "max_output_tokens"),
        ("model_context_window_exceeded", "incomplete", "max_output_tokens"),
        ("refusal", "incomplete", "content_filter"),
    ],
)
def test_each_end_has_its_status(stop: str, status: str, reason: str | None) -> None:
    found = answer(stop=stop)

    assert found["status"] == status
    assert (found["incomplete_details"] or {}).get("reason") == reason


def test_the_cache_is_part_of_the_input() -> None:
    found = answer(
        input_tokens=1,
        cache_read_input_tokens=2,
        cache_creation_input_tokens=4,
        output_tokens=8,
        output_tokens_details={"thinking_tokens": 3},
    )["usage"]

    assert found == {
        "input_tokens": 7,
        "input_tokens_details": {"cached_tokens": 2, "cache_write_tokens": 4},
        "output_tokens": 8,
        "output_tokens_details": {"reasoning_tokens": 3},
        "total_tokens": 15,
    }
