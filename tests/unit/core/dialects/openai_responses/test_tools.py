import pytest

from tests.unit.core.dialects.openai_chat.bodies import request, tool, user
from tests.unit.core.dialects.openai_responses.bodies import TARGET, JsonObject, sent

SEARCH: JsonObject = {"type": "web_search_20250305", "name": "web_search", "max_uses": 8}


def test_tools_are_flat_and_never_strict() -> None:
    found = sent(request(user("hi"), tools=[tool("Bash")]))["tools"]

    assert found == [
        {
            "type": "function",
            "name": "Bash",
            "description": "d",
            "parameters": {"type": "object", "properties": {}},
            "strict": False,
        }
    ]


def test_a_long_name_is_shortened() -> None:
    name = "mcp__server__" + "x" * 80

    (found,) = sent(request(user("hi"), tools=[tool(name)]))["tools"]

    assert len(found["name"]) == 64


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"type": "auto"}, {"tool_choice": "auto"}),
        ({"type": "any"}, {"tool_choice": "required"}),
        ({"type": "none"}, {"tool_choice": "none"}),
        ({"type": "tool", "name": "Bash"}, {"tool_choice": {"type": "function", "name": "Bash"}}),
        ({"type": "tool", "name": "web_search"}, {"tool_choice": "required"}),
        (
            {"type": "auto", "disable_parallel_tool_use": True},
            {"tool_choice": "auto", "parallel_tool_calls": False},
        ),
        (None, {}),
    ],
)
def test_the_choice_of_tools_is_passed_on(choice: JsonObject | None, expected: JsonObject) -> None:
    found = sent(request(user("hi"), tools=[tool("Bash")], tool_choice=choice))

    assert {k: found[k] for k in ("tool_choice", "parallel_tool_calls") if k in found} == expected


def test_without_tools_there_is_no_choice() -> None:
    found = sent(request(user("hi"), tool_choice={"type": "auto", "disable_parallel_tool_use": 1}))

    assert not {"tools", "tool_choice", "parallel_tool_calls"} & found.keys()


def test_a_web_search_is_the_providers_own() -> None:
    found = sent(request(user("hi"), tools=[SEARCH], tool_choice={"type": "auto"}))

    assert found["tools"] == [{"type": "web_search"}]
    assert "web_search_call.action.sources" in found["include"]


def test_a_web_search_may_be_made_as_often_as_the_client_says() -> None:
    assert sent(request(user("hi"), tools=[SEARCH]), TARGET)["max_tool_calls"] == 8
    for odd in (None, 0, -1, True, "8"):
        body = request(user("hi"), tools=[{**SEARCH, "max_uses": odd}])
        assert "max_tool_calls" not in sent(body, TARGET)
    assert "max_tool_calls" not in sent(
        request(user("hi"), tools=[SEARCH]), TARGET, searches_field=None
    )


def test_a_web_search_keeps_its_limits() -> None:
    place = {"type": "approximate", "city": "Bern", "country": "CH", "odd": 1}
    search = {**SEARCH, "allowed_domains": ["a.org"], "user_location": place}

    (found,) = sent(request(user("hi"), tools=[search]), TARGET)["tools"]

    assert found["filters"] == {"allowed_domains": ["a.org"]}
    assert found["user_location"] == {"type": "approximate", "city": "Bern", "country": "CH"}
