"""Levels and budgets of thought."""

import pytest

from tests.unit.core.dialects.gemini.bodies import NEW, OLDEST, sent
from tests.unit.core.dialects.openai_chat.bodies import JsonObject, request, user

ADAPTIVE = {"type": "adaptive"}
FLASH, PRO, LITE = "gemini-2.5-flash", "gemini-2.5-pro", "gemini-2.5-flash-lite"


def shown(**members: object) -> JsonObject:
    return {"includeThoughts": True, **members}


@pytest.mark.parametrize(
    ("model", "thinking", "effort", "expected"),
    [
        pytest.param(NEW, None, "high", None, id="no wish"),
        pytest.param(NEW, ADAPTIVE, None, shown(), id="adaptive"),
        pytest.param(NEW, ADAPTIVE, "medium", shown(thinkingLevel="MEDIUM"), id="a level"),
        pytest.param(NEW, ADAPTIVE, "max", shown(thinkingLevel="HIGH"), id="the highest"),
        pytest.param(NEW, {"type": "disabled"}, None, {"thinkingLevel": "MINIMAL"}, id="off"),
        pytest.param(
            "gemini-3-pro-preview", ADAPTIVE, "medium", shown(thinkingLevel="LOW"), id="nearest"
        ),
        pytest.param(
            "gemini-3.1-pro-preview", ADAPTIVE, "medium", shown(thinkingLevel="MEDIUM"), id="3.1"
        ),
        pytest.param("gemini-3-pro", {"type": "disabled"}, None, {"thinkingLevel": "LOW"}, id="3"),
        pytest.param(PRO, ADAPTIVE, None, shown(), id="2.5 adaptive"),
        pytest.param(PRO, ADAPTIVE, "medium", shown(thinkingBudget=8192), id="2.5 by effort"),
        pytest.param(PRO, ADAPTIVE, "max", shown(thinkingBudget=32_768), id="2.5 at most"),
        pytest.param(FLASH, ADAPTIVE, "max", shown(thinkingBudget=24_576), id="flash at most"),
        pytest.param(
            FLASH,
            {"type": "enabled", "budget_tokens": 31_999},
            None,
            shown(thinkingBudget=24_576),
            id="a budget that is too large",
        ),
        pytest.param(
            FLASH,
            {"type": "enabled", "budget_tokens": 2000},
            None,
            shown(thinkingBudget=2000),
            id="a budget",
        ),
        pytest.param(
            FLASH,
            {"type": "enabled", "budget_tokens": 2000},
            "high",
            shown(thinkingBudget=24_576),
            id="an effort counts more than a budget",
        ),
        pytest.param(
            LITE,
            {"type": "enabled", "budget_tokens": 100},
            None,
            shown(thinkingBudget=512),
            id="a budget that is too small",
        ),
        pytest.param(FLASH, {"type": "disabled"}, None, {"thinkingBudget": 0}, id="flash off"),
        pytest.param(PRO, {"type": "disabled"}, None, {"thinkingBudget": 128}, id="pro can't"),
        pytest.param(OLDEST, ADAPTIVE, "high", None, id="a model that does not think"),
        pytest.param("my-tuned-model", ADAPTIVE, "high", None, id="a model that nobody knows"),
    ],
)
def test_the_wish_is_said_as_the_model_takes_it(
    model: str, thinking: JsonObject | None, effort: str | None, expected: JsonObject | None
) -> None:
    wish = {} if thinking is None else {"thinking": thinking}

    made = sent(request(user("hi"), **wish, output_config={"effort": effort}), model)

    assert made["generationConfig"].get("thinkingConfig") == expected
