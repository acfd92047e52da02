"""Declarations, search, and what must be called."""

import pytest

from tests.unit.core.dialects.gemini.bodies import NEW, OLD, encoded, sent
from tests.unit.core.dialects.openai_chat.bodies import (
    JsonObject,
    assistant,
    call,
    request,
    result,
    tool,
    user,
)

SEARCH = {"type": "web_search_20250305", "name": "web_search", "max_uses": 8}
LONG = "mcp__a.b__" + "x" * 70


def test_a_tool_is_a_function_with_its_clean_schema() -> None:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {"path": {"type": "string"}},
        "required": ["path"],
        "additionalProperties": False,
    }

    made = sent(request(user("hi"), tools=[tool("Read", input_schema=schema), tool("now")]))

    parameters = {
        "type": "OBJECT",
        "properties": {"path": {"type": "STRING"}},
        "required": ["path"],
    }
    read = {"name": "Read", "description": "d", "parameters": parameters}
    now = {"name": "now", "description": "d"}
    assert made["tools"] == [{"functionDeclarations": [read, now]}]
    assert "toolConfig" not in made


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        pytest.param({"type": "auto"}, {"mode": "AUTO"}, id="auto"),
        pytest.param({"type": "any"}, {"mode": "ANY"}, id="any"),
        pytest.param({"type": "none"}, {"mode": "NONE"}, id="none"),
        pytest.param(
            {"type": "tool", "name": "Bash"},
            {"mode": "ANY", "allowedFunctionNames": ["Bash"]},
            id="one tool",
        ),
        pytest.param({"type": "tool", "name": "Nobody"}, {"mode": "ANY"}, id="unknown tool"),
        pytest.param({"type": "auto", "disable_parallel_tool_use": True}, {"mode": "AUTO"}, id="1"),
    ],
)
def test_a_choice_becomes_a_mode(choice: JsonObject, expected: JsonObject) -> None:
    made = sent(request(user("hi"), tools=[tool()], tool_choice=choice))

    assert made["toolConfig"] == {"functionCallingConfig": expected}


def test_without_functions_there_is_no_mode() -> None:
    made = sent(request(user("hi"), tool_choice={"type": "auto"}, tools=[SEARCH]))

    assert "toolConfig" not in made


def test_a_search_is_googles() -> None:
    assert sent(request(user("hi"), tools=[SEARCH]))["tools"] == [{"googleSearch": {}}]


@pytest.mark.parametrize("model", [NEW, OLD])
def test_functions_come_before_a_search_that_is_refused_beside_them(
    model: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    made = sent(request(user("hi"), tools=[SEARCH, tool()]), model)

    assert [list(t) for t in made["tools"]] == [["functionDeclarations"]]
    assert "the request goes on without web_search" in caplog.text


def test_a_name_that_is_refused_is_the_same_everywhere_and_comes_back() -> None:
    body = request(
        user("go"),
        assistant(call("a", LONG), call("b", "9tool")),
        user(result("a"), result("b")),
        tools=[tool(LONG), tool("9tool")],
        tool_choice={"type": "tool", "name": LONG},
    )

    made = encoded(body)

    names = [d["name"] for d in made.body["tools"][0]["functionDeclarations"]]
    called = [part["functionCall"]["name"] for part in made.body["contents"][1]["parts"]]
    assert names == called
    assert [made.client_name(name) for name in names] == [LONG, "9tool"]
    assert made.body["toolConfig"]["functionCallingConfig"]["allowedFunctionNames"] == names[:1]


def test_deferred_tools_are_offered_once_they_are_loaded() -> None:
    reference = {"type": "tool_reference", "tool_name": "Fetch"}
    tools = [tool("ToolSearch"), tool("Fetch", defer_loading=True), tool("X", defer_loading=True)]
    body = request(
        user("go"),
        assistant(call("a", "ToolSearch")),
        user(result("a", [reference])),
        tools=tools,
    )

    made = sent(body)

    declared = made["tools"][0]["functionDeclarations"]
    assert [d["name"] for d in declared] == ["ToolSearch", "Fetch"]
    (response,) = made["contents"][2]["parts"]
    assert "The tool Fetch is loaded" in response["functionResponse"]["response"]["result"]
