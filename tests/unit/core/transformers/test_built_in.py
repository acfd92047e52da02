"""What holds for every built-in transformer."""

import copy
from typing import Any

import pytest

from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS
from ccr_desktop.core.protocol.json import loads
from ccr_desktop.core.transformers.built_in import BUILT_IN
from tests.unit.core.transformers.bodies import CONTEXT, TOOL, assistant, body, user

RICH = body(
    max_tokens=64_000,
    temperature=1,
    system=[{"type": "text", "text": "s", "cache_control": {"type": "ephemeral"}}],
    tools=[{**TOOL, "cache_control": {"type": "ephemeral"}}],
    thinking={"type": "adaptive"},
    messages=[
        user([{"type": "text", "text": "a", "cache_control": {"type": "ephemeral"}}]),
        assistant({"type": "thinking", "thinking": "t", "signature": "s"}),
        user("b"),
    ],
)


def example(name: str) -> Any:
    """The transformer that the example in its declaration makes."""
    element = loads(KNOWN_TRANSFORMERS[name].example)
    return BUILT_IN[name](element[1] if isinstance(element, list) else {})


@pytest.mark.parametrize("name", BUILT_IN)
@pytest.mark.parametrize("hook", ["request", "upstream_request"])
def test_what_is_given_is_never_edited_and_the_same_gives_the_same(name: str, hook: str) -> None:
    transformer = example(name)
    given = copy.deepcopy(RICH)
    if change := getattr(transformer, hook, None):
        first = change(given, CONTEXT)

        assert given == RICH
        assert change(given, CONTEXT) == first


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_smallest_request_goes_through(name: str) -> None:
    if change := getattr(example(name), "request", None):
        assert change(body(), CONTEXT)["messages"]
