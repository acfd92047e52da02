from typing import Any

import pytest

from ccr_desktop.core.faces.openai_responses.tools import AgentTool, read_tool_choice, read_tools
from ccr_desktop.errors import ClientError

JsonObject = dict[str, Any]

FUNCTION: JsonObject = {"type": "function", "name": "f", "parameters": {"type": "object"}}
SEARCH: JsonObject = {"type": "web_search"}


def names(*tools: JsonObject, **members: Any) -> list[str]:
    return [tool["name"] for tool in read_tools({"tools": list(tools), **members}).declared]


def test_functions_keep_their_schema() -> None:
    tools = read_tools({"tools": [{**FUNCTION, "description": "d", "strict": True}]})

    assert tools.declared == [{"name": "f", "description": "d", "input_schema": {"type": "object"}}]
    assert tools.by_name == {"f": AgentTool("f")}


def test_a_function_without_parameters_takes_none() -> None:
    tools = read_tools({"tools": [{"type": "function", "name": "f"}]})

    assert tools.declared[0]["input_schema"] == {"type": "object", "properties": {}}


def test_tools_in_a_namespace_have_it_as_their_beginning() -> None:
    space = {"type": "namespace", "name": "crm", "tools": [FUNCTION, {**FUNCTION, "name": "g"}]}

    tools = read_tools({"tools": [space]})

    assert [tool["name"] for tool in tools.declared] == ["crm__f", "crm__g"]
    assert tools.by_name["crm__g"] == AgentTool("g", "crm")


def test_a_web_search_is_wanted_when_it_stands_alone_or_is_chosen() -> None:
    assert names(SEARCH) == ["web_search"]
    assert names({"type": "web_search_preview"}) == ["web_search"]
    assert names(FUNCTION, SEARCH) == ["f"]
    assert names(FUNCTION, SEARCH, tool_choice=SEARCH) == ["f", "web_search"]


@pytest.mark.parametrize(
    ("tool", "place"),
    [
        (3, "tools.0.type"),
        ({"type": "file_search"}, "tools.0.type"),
        ({"type": "function"}, "tools.0.name"),
        ({**FUNCTION, "parameters": []}, "tools.0.parameters"),
        ({"type": "namespace", "name": "x", "tools": [{"type": "odd"}]}, "tools.0.tools.0.type"),
    ],
)
def test_a_tool_that_is_not_possible_is_named(tool: Any, place: str) -> None:
    with pytest.raises(ClientError) as caught:
        read_tools({"tools": [tool]})

    assert caught.value.title.startswith(f"{place}:")


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (None, None),
        ("auto", {"type": "auto"}),
        ("none", {"type": "none"}),
        ("required", {"type": "any"}),
        ({"type": "function", "name": "f"}, {"type": "tool", "name": "f"}),
        ({"type": "custom", "name": "f"}, {"type": "tool", "name": "f"}),
        ({"type": "function", "name": "f", "namespace": "n"}, {"type": "tool", "name": "n__f"}),
        ({"type": "allowed_tools", "mode": "required", "tools": []}, {"type": "any"}),
        ({"type": "allowed_tools", "mode": "auto", "tools": []}, {"type": "auto"}),
        (SEARCH, {"type": "tool", "name": "web_search"}),
    ],
)
def test_the_choice_of_tools_is_read(choice: Any, expected: JsonObject | None) -> None:
    assert read_tool_choice({"tool_choice": choice}) == expected


def test_one_call_at_a_time_is_asked_for() -> None:
    assert read_tool_choice({"parallel_tool_calls": False}) == {
        "type": "auto",
        "disable_parallel_tool_use": True,
    }


def test_a_choice_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ClientError, match="tool_choice"):
        read_tool_choice({"tool_choice": {"type": "odd"}})
