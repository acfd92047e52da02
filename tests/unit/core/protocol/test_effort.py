from typing import Any

import pytest

from ccr_desktop.core.protocol.effort import nearest_effort, wanted_effort

JsonObject = dict[str, Any]
ADAPTIVE = {"type": "adaptive"}


def enabled(budget: object) -> JsonObject:
    return {"type": "enabled", "budget_tokens": budget}


@pytest.mark.parametrize(
    ("thinking", "effort", "expected"),
    [
        pytest.param(None, "max", None, id="absent: no wish, whatever the effort"),
        pytest.param({}, None, None, id="without a type"),
        pytest.param({"type": "disabled"}, "high", "none", id="disabled"),
        pytest.param(ADAPTIVE, None, None, id="adaptive without effort"),
        pytest.param(ADAPTIVE, "xhigh", "xhigh", id="adaptive with effort"),
        pytest.param(ADAPTIVE, "extreme", None, id="an effort nobody knows"),
        pytest.param(ADAPTIVE, 3, None, id="an effort that is no text"),
        pytest.param({"type": "between_tools"}, "low", "low", id="between tools"),
        pytest.param(enabled(0), None, "none", id="budget 0"),
        pytest.param(enabled(512), None, "minimal", id="budget 512"),
        pytest.param(enabled(513), None, "low", id="budget 513"),
        pytest.param(enabled(1024), None, "low", id="budget 1024"),
        pytest.param(enabled(8192), None, "medium", id="budget 8192"),
        pytest.param(enabled(24576), None, "high", id="budget 24576"),
        pytest.param(enabled(31999), None, "xhigh", id="what the client sends on every turn"),
        pytest.param(enabled(31999), "max", "max", id="the effort counts more than the budget"),
        pytest.param(enabled("many"), None, None, id="a budget that is no number"),
    ],
)
def test_the_wish_is_read_from_thinking_and_effort(
    thinking: JsonObject | None, effort: object, expected: str | None
) -> None:
    body = {"thinking": thinking, "output_config": {"effort": effort}}

    assert wanted_effort(body) == expected


@pytest.mark.parametrize(
    ("effort", "expected"), [("minimal", "low"), ("low", "low"), ("medium", "low"), ("max", "high")]
)
def test_the_nearest_effort_is_one_that_is_accepted(effort: str, expected: str) -> None:
    assert nearest_effort(effort, ("low", "high")) == expected


def test_more_than_high_is_as_much_as_there_is() -> None:
    assert nearest_effort("xhigh", ("high", "max")) == "max"
