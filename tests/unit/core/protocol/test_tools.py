"""The names of tools, as providers take them and back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.protocol.tools import ToolNames, offered_tools

LONG = "mcp__a_server_with_quite_a_long_name__and_a_tool_with_a_longer_name_still"
LEGAL = re.compile(r"[a-zA-Z0-9_-]{1,64}")


@pytest.mark.parametrize(
    "name",
    ["Bash", "mcp__server__tool", "a-b", "x" * 64],
    ids=["plain", "mcp", "dash", "as long as allowed"],
)
def test_a_legal_name_stays(name: str) -> None:
    assert ToolNames([name], 64).provider_name(name) == name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param(
            LONG, "mcp__a_server_with_quite_a_long_name__and_a_tool_with_a_e78a92b1", id="too long"
        ),
        pytest.param("files.read", "files_read_601e4eb6", id="a dot"),
        pytest.param("Ünïcode", "_n_code_00b24be8", id="other letters"),
        pytest.param("", "_e3b0c442", id="empty"),
    ],
)
def test_another_name_becomes_its_start_and_a_hash(name: str, expected: str) -> None:
    names = ToolNames([name], 64)

    assert names.provider_name(name) == expected
    assert len(expected) <= 64
    if name:
        assert names.client_name(expected) == name


def test_long_names_that_begin_alike_stay_apart() -> None:
    names = ToolNames([LONG + "1", LONG + "2"], 64)

    assert names.provider_name(LONG + "1") != names.provider_name(LONG + "2")


@given(st.lists(st.text(max_size=80), max_size=6, unique=True), st.sampled_from([64, 40]))
def test_names_are_legal_distinct_and_come_back(declared: list[str], limit: int) -> None:
    names = ToolNames(declared, limit)

    given_names = [names.provider_name(name) for name in declared]

    assert all(LEGAL.fullmatch(name) and len(name) <= limit for name in given_names)
    assert len(set(given_names)) == len(declared)
    for name, given_name in zip(declared, given_names, strict=True):
        assert names.client_name(given_name) == (name or given_name)


@pytest.mark.parametrize(
    ("declared", "answered", "expected"),
    [
        pytest.param(["Read"], "read", "Read", id="only one fits in another case"),
        pytest.param(["Read", "READ"], "read", "read", id="two fit: left as it is"),
        pytest.param(["Read", "READ"], "READ", "READ", id="exactly one of two"),
        pytest.param(["Read"], "Write", "Write", id="nobody declared it"),
    ],
)
def test_a_name_from_the_model_is_the_clients_where_that_is_clear(
    declared: list[str], answered: str, expected: str
) -> None:
    assert ToolNames(declared, 64).client_name(answered) == expected


STRICT = re.compile(r"[a-zA-Z_][a-zA-Z0-9_-]*")


@given(st.lists(st.text("a9-_.é", max_size=70), max_size=6, unique=True))
def test_names_fit_what_a_whole_name_must_match(declared: list[str]) -> None:
    names = ToolNames(declared, 64, STRICT)

    given_names = [names.provider_name(name) for name in declared]

    assert all(STRICT.fullmatch(name) and len(name) <= 64 for name in given_names)
    assert len(set(given_names)) == len(declared)


def test_of_the_two_lists_of_domains_that_exclude_each_other_one_is_offered() -> None:
    lists = {"query": {}, "allowed_domains": {}, "blocked_domains": {}}
    search = {"name": "WebSearch", "input_schema": {"type": "object", "properties": lists}}
    other = {"name": "Block", "input_schema": {"properties": {"blocked_domains": {}}}}

    found = offered_tools({"messages": [], "tools": [search, other]})

    assert list(found[0]["input_schema"]["properties"]) == ["query", "allowed_domains"]
    assert found[1] is other
    assert "blocked_domains" in lists
