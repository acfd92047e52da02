"""What a request must be like, and how it is said where it is not."""

import json
from typing import Any

import pytest

from ccr_desktop.core.protocol.checks import check_request, check_translatable
from ccr_desktop.core.protocol.messages import parse_body
from ccr_desktop.errors import ClientError

JsonObject = dict[str, Any]

BODY: JsonObject = {"model": "m", "max_tokens": 1, "messages": [{"role": "user", "content": "hi"}]}


def body(**members: Any) -> JsonObject:
    return {**BODY, **members}


def content(*found: Any, role: str = "user") -> JsonObject:
    return body(messages=[{"role": role, "content": list(found)}])


@pytest.mark.parametrize(
    ("request_body", "said"),
    [
        pytest.param({}, "model: a non-empty string", id="nothing"),
        pytest.param(
            body(model=""), "model: a non-empty string is required: It is empty", id="empty model"
        ),
        pytest.param(
            body(model=" "), "model: a non-empty string is required: It is empty", id="blank model"
        ),
        pytest.param(
            body(model=5), "model: a non-empty string is required: It is a number", id="odd model"
        ),
        pytest.param(body(messages=None), "messages: a list is required", id="no messages"),
        pytest.param(
            body(messages={}), "messages: a list is required: It is an object", id="odd messages"
        ),
        pytest.param(body(messages=[]), "messages: at least one", id="empty messages"),
        pytest.param(
            body(messages=[*BODY["messages"], "hi"]),
            "messages.1: an object is required: It is a string",
            id="odd message",
        ),
    ],
)
def test_what_every_request_needs_is_named(request_body: JsonObject, said: str) -> None:
    with pytest.raises(ClientError, match=said):
        check_request(request_body)


@pytest.mark.parametrize(
    ("depth", "is_fine"), [(150, True), (250, True), (260, False), (900, False)]
)
def test_nesting_has_a_limit(depth: int, *, is_fine: bool) -> None:
    deep: Any = "x"
    for _ in range(depth):
        deep = [deep]

    if is_fine:
        check_request(body(new=deep))
    else:
        with pytest.raises(ClientError, match="nested too deeply"):
            check_request(body(new=deep))


@pytest.mark.parametrize(
    ("request_body", "said"),
    [
        pytest.param(body(max_tokens=-1), "max_tokens: a whole number", id="a negative limit"),
        pytest.param(body(max_tokens=True), "max_tokens: a whole number", id="a boolean limit"),
        pytest.param(body(max_tokens="5"), "max_tokens: a whole number", id="a limit in words"),
        pytest.param(
            body(messages=[{"role": "tool", "content": ""}]),
            "messages.0.role: must be one of",
            id="an unknown role",
        ),
        pytest.param(
            body(messages=[{"role": "user"}]),
            "messages.0.content: a string or a list",
            id="no content",
        ),
        pytest.param(
            body(messages=[{"role": "user", "content": 5}]),
            "messages.0.content: a string or a list of blocks is required: It is a number",
            id="odd content",
        ),
        pytest.param(content("hi"), "messages.0.content.0: an object", id="a block that is none"),
        pytest.param(content({}), "messages.0.content.0.type: a string", id="a block without type"),
        pytest.param(
            content({"type": "text"}),
            "messages.0.content.0.text: a string",
            id="a text without text",
        ),
        pytest.param(
            content({"type": "tool_use", "name": "n"}),
            "messages.0.content.0.id: a string",
            id="a call without id",
        ),
        pytest.param(
            content({"type": "tool_use", "id": "a"}),
            "messages.0.content.0.name: a string",
            id="a call without name",
        ),
        pytest.param(
            content({"type": "tool_use", "id": "a", "name": "n", "input": "{}"}),
            "messages.0.content.0.input: an object",
            id="input in words",
        ),
        pytest.param(
            content({"type": "tool_result"}),
            "messages.0.content.0.tool_use_id: a string",
            id="a result without id",
        ),
        pytest.param(
            content({"type": "tool_result", "tool_use_id": "a", "content": [5]}),
            "messages.0.content.0.content.0: an object",
            id="an odd result",
        ),
        pytest.param(
            content({"type": "image"}),
            "messages.0.content.0.source: an object",
            id="an image without source",
        ),
        pytest.param(body(system=5), "system: a string or a list", id="odd system"),
        pytest.param(body(tools={}), "tools: a list is required: It is an object", id="odd tools"),
        pytest.param(body(tools=["x"]), "tools.0: an object", id="an odd tool"),
        pytest.param(body(tools=[{}]), "tools.0.name: a string", id="a tool without name"),
        pytest.param(
            body(tools=[{"type": "custom"}]),
            "tools.0.name: a string",
            id="a custom tool without name",
        ),
        pytest.param(
            body(tools=[{"type": ["x"], "name": "n"}]),
            "tools.0.type: a string",
            id="an odd kind of tool",
        ),
        pytest.param(
            body(tools=[{"name": "n", "input_schema": 5}]),
            "tools.0.input_schema: an object",
            id="an odd schema",
        ),
        pytest.param(body(thinking="on"), "thinking: an object", id="odd thinking"),
        pytest.param(body(tool_choice="any"), "tool_choice: an object", id="odd choice"),
        pytest.param(body(output_config=[]), "output_config: an object", id="odd output_config"),
        pytest.param(body(metadata="x"), "metadata: an object", id="odd metadata"),
        pytest.param(body(stop_sequences="x"), "stop_sequences: a list", id="odd stops"),
        pytest.param(
            body(compaction={"type": "summarize"}),
            "compaction: not possible with this provider",
            id="compaction",
        ),
        pytest.param(body(thread={"id": "t"}), "thread: not possible", id="thread"),
        pytest.param(body(mcp_servers=[{}]), "mcp_servers: not possible", id="mcp servers"),
    ],
)
def test_what_cannot_be_translated_is_named_with_its_place(
    request_body: JsonObject, said: str
) -> None:
    check_request(request_body)

    with pytest.raises(ClientError) as caught:
        check_translatable(request_body)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    "members",
    [
        pytest.param({}, id="the least"),
        pytest.param({"max_tokens": 0}, id="a limit of 0"),
        pytest.param({"max_tokens": None}, id="no limit"),
        pytest.param({"brand_new": {"a": 1}, "betas": []}, id="unknown members"),
        pytest.param({"mcp_servers": [], "thread": None, "compaction": None}, id="empty members"),
        pytest.param({"system": ""}, id="an empty system"),
        pytest.param({"system": None, "tools": None, "thinking": None}, id="nulls"),
        pytest.param({"system": [{"type": "new", "x": 1}]}, id="unknown blocks"),
        pytest.param({"tools": [{"type": "web_search_20250305"}]}, id="a server tool"),
        pytest.param({"tools": [{"type": None, "name": "n"}]}, id="a tool without kind"),
        pytest.param({"tools": [{"type": "bash_x", "name": "n", "input_schema": {}}]}, id="both"),
        pytest.param({"messages": [{"role": "system", "content": []}]}, id="an empty message"),
        pytest.param({"messages": [{"role": "user", "content": None}]}, id="null content"),
    ],
)
def test_what_clients_send_is_accepted(members: JsonObject) -> None:
    request_body = parse_body(json.dumps(body(**members)).encode())

    check_request(request_body)
    check_translatable(request_body)
