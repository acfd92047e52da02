from typing import Any

import pytest

from ccr_desktop.core.dialects.openai_chat.request import encode_request
from ccr_desktop.core.providers.profile import Profile, ThinkingSwitch
from ccr_desktop.core.transformers.chain import Chain, Link
from ccr_desktop.core.transformers.reasoning import Reasoning
from tests.unit.core.transformers.bodies import CONTEXT, body, target

SWITCHES = ("thinking", "enable_thinking", "reasoning")


def sent(options: dict[str, Any], wish: Any, **profile: Any) -> dict[str, Any]:
    """The switches that reach the provider."""
    reasoning = Reasoning(options)
    adapted = Chain([Link("reasoning", reasoning)]).adapted(target(**profile))
    asked = body(**({"thinking": wish} if wish else {}))
    made = encode_request(reasoning.request(asked, CONTEXT), adapted).body
    return {
        name: made[name] for name in ("thinking", "enable_thinking", "reasoning") if name in made
    }


ADAPTIVE = {"type": "adaptive"}
ON = {"thinking": {"type": "enabled"}, "enable_thinking": True}
OFF = {"thinking": {"type": "disabled"}, "enable_thinking": False}


@pytest.mark.parametrize(
    ("options", "thinking", "expected"),
    [
        pytest.param({}, ADAPTIVE, ON, id="left to the model"),
        pytest.param({}, {"type": "enabled", "budget_tokens": 2000}, ON, id="wanted"),
        pytest.param({}, {"type": "disabled"}, OFF, id="unwanted stays unwanted"),
        pytest.param({}, None, {}, id="not spoken of"),
        pytest.param({"enable": False}, ADAPTIVE, OFF, id="off for good"),
        pytest.param({"enable": False}, None, OFF, id="off though not spoken of"),
    ],
)
def test_an_unknown_server_gets_both_switches(
    options: dict[str, Any], thinking: Any, expected: Any
) -> None:
    assert sent(options, thinking) == expected


def test_a_known_switch_stays_the_only_one() -> None:
    made = sent({"enable": False}, ADAPTIVE, thinking=ThinkingSwitch.REASONING)

    assert made == {"reasoning": {"enabled": False}}


def test_reasoning_of_an_unknown_server_goes_back_to_it() -> None:
    assert Reasoning({}).profile(Profile()).reasoning_field == "reasoning_content"
