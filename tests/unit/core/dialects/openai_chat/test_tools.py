"""Tools: which are offered, how they are named, and what must be called."""

import pytest

from tests.unit.core.dialects.openai_chat.bodies import (
    JsonObject,
    assistant,
    call,
    encoded,
    request,
    result,
    sent,
    tool,
    user,
)

LONG = "mcp__a_server_with_quite_a_long_name__and_a_tool_with_a_longer_name_still"


def offered(body: JsonObject, profile: str = "generic") -> list[str]:
    return [t["function"]["name"] for t in sent(body, profile).get("tools", ())]


# -- names -------------------------------------------------------------------------------------


def test_a_hashed_name_is_the_same_in_tools_history_and_choice() -> None:
    body = request(
        user("go"),
        assistant(call("a", LONG)),
        user(result("a")),
        tools=[tool(LONG)],
        tool_choice={"type": "tool", "name": LONG},
    )

    made = encoded(body)

    (name,) = {
        made.body["tools"][0]["function"]["name"],
        made.body["messages"][1]["tool_calls"][0]["function"]["name"],
        made.body["tool_choice"]["function"]["name"],
    }
    assert made.client_name(name) == LONG


# -- declarations ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        pytest.param(None, {"type": "object", "properties": {}}, id="missing"),
        pytest.param({}, {"type": "object", "properties": {}}, id="empty"),
        pytest.param(
            {"type": "object"}, {"type": "object", "properties": {}}, id="without properties"
        ),
        pytest.param(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "properties": {"a": {}}},
            {"properties": {"a": {}}, "type": "object"},
            id="$schema is removed, the type added",
        ),
        pytest.param(
            {"type": ["object", "null"], "properties": {"$schema": {}}},
            {"type": "object", "properties": {"$schema": {}}},
            id="a property may be called $schema",
        ),
        pytest.param(
            {"type": "object", "properties": {}, "additionalProperties": False, "if": {}},
            {"type": "object", "properties": {}, "additionalProperties": False, "if": {}},
            id="the rest stays",
        ),
    ],
)
def test_schemas_are_objects_with_properties(schema: object, expected: JsonObject) -> None:
    (made,) = sent(request(user("go"), tools=[{"name": "t", "input_schema": schema}]))["tools"]

    assert made["function"]["parameters"] == expected


def test_a_declaration_holds_name_description_and_schema_only() -> None:
    odd = tool(
        type="custom", cache_control={"type": "ephemeral"}, strict=True, eager_input_streaming=True
    )

    assert sent(request(user("go"), tools=[odd]))["tools"] == [
        {
            "type": "function",
            "function": {
                "name": "Bash",
                "description": "d",
                "parameters": {"type": "object", "properties": {}},
            },
        }
    ]


def test_a_custom_tool_without_a_schema_is_offered() -> None:
    assert offered(request(user("go"), tools=[{"type": "custom", "name": "t"}])) == ["t"]


@pytest.mark.parametrize(
    "kind", ["web_search_20250305", "bash_20250124", "tool_search_tool_regex", "mcp_toolset"]
)
def test_tools_of_anthropics_servers_are_not_offered(kind: str) -> None:
    body = request(user("go"), tools=[{"type": kind, "name": "x"}], tool_choice={"type": "auto"})

    made = sent(body)

    assert "tools" not in made
    assert "tool_choice" not in made


def test_a_choice_that_names_a_server_tool_leaves_the_others_to_the_model() -> None:
    search = {"type": "web_search_20260209", "name": "web_search"}
    choice = {"type": "tool", "name": "web_search"}

    assert "tool_choice" not in sent(
        request(user("go"), tools=[tool(), search], tool_choice=choice)
    )


# -- deferred tools ----------------------------------------------------------------------------

DEFERRED = [
    tool("Bash"),
    tool("ToolSearch"),
    tool("WebFetch", defer_loading=True),
    tool("WebSearch", defer_loading=True),
    tool("DeferredToolPlaceholder", defer_loading=True),
]
REFERENCE = {"type": "tool_reference", "tool_name": "WebSearch"}


def test_deferred_tools_wait_until_they_are_loaded() -> None:
    assert offered(request(user("go"), tools=DEFERRED)) == ["Bash", "ToolSearch"]


@pytest.mark.parametrize(
    "history",
    [
        pytest.param(
            [assistant(call("a", "ToolSearch")), user(result("a", [REFERENCE]))],
            id="by a reference",
        ),
        pytest.param(
            [assistant(call("a", "WebSearch")), user(result("a"))], id="by an earlier call"
        ),
    ],
)
def test_a_loaded_tool_is_offered_at_its_place(history: list[JsonObject]) -> None:
    body = request(user("go"), *history, tools=DEFERRED)

    assert offered(body) == ["Bash", "ToolSearch", "WebSearch"]


def test_the_placeholder_is_never_offered() -> None:
    loaded = {"type": "tool_reference", "tool_name": "DeferredToolPlaceholder"}
    history = [assistant(call("a", "ToolSearch")), user(result("a", [loaded]))]

    assert offered(request(user("go"), *history, tools=DEFERRED)) == ["Bash", "ToolSearch"]


def test_without_the_clients_tool_search_all_deferred_tools_are_offered() -> None:
    tools = [t for t in DEFERRED if t["name"] != "ToolSearch"]

    assert offered(request(user("go"), tools=tools)) == ["Bash", "WebFetch", "WebSearch"]


# -- choice ------------------------------------------------------------------------------------

NAMED = {"type": "function", "function": {"name": "Bash"}}


@pytest.mark.parametrize(
    ("choice", "profile", "expected"),
    [
        pytest.param({"type": "auto"}, "generic", {"tool_choice": "auto"}, id="auto"),
        pytest.param({"type": "any"}, "generic", {"tool_choice": "required"}, id="any"),
        pytest.param({"type": "none"}, "generic", {"tool_choice": "none"}, id="none"),
        pytest.param(
            {"type": "tool", "name": "Bash"}, "generic", {"tool_choice": NAMED}, id="named"
        ),
        pytest.param(
            {"type": "tool", "name": "Bash"},
            "mistral",
            {"tool_choice": "required"},
            id="named where no name is taken",
        ),
        pytest.param({"type": "any"}, "ollama", {}, id="a server without choice"),
        pytest.param(
            {"type": "auto", "disable_parallel_tool_use": True},
            "generic",
            {"tool_choice": "auto", "parallel_tool_calls": False},
            id="one at a time",
        ),
        pytest.param(
            {"type": "auto", "disable_parallel_tool_use": False},
            "generic",
            {"tool_choice": "auto"},
            id="parallel is the default",
        ),
        pytest.param(
            {"type": "auto", "disable_parallel_tool_use": True},
            "gemini",
            {"tool_choice": "auto"},
            id="one at a time where no switch is taken",
        ),
        pytest.param({"type": "surprise"}, "generic", {"tool_choice": "auto"}, id="unknown"),
        pytest.param(None, "generic", {}, id="absent"),
    ],
)
def test_tool_choice_says_what_the_client_said(
    choice: JsonObject | None, profile: str, expected: JsonObject
) -> None:
    made = sent(request(user("go"), tools=[tool()], tool_choice=choice), profile)

    kept = ("tool_choice", "parallel_tool_calls")
    assert {key: made[key] for key in kept if key in made} == expected


def test_without_tools_nothing_about_tools_is_sent() -> None:
    choice = {"type": "any", "disable_parallel_tool_use": True}
    made = sent(request(user("go"), tools=[], tool_choice=choice))

    assert not {"tools", "tool_choice", "parallel_tool_calls"} & made.keys()
