from dataclasses import replace
from typing import Any

import pytest

from ccr_desktop.core.dialects.openai_chat import OpenAIChat
from ccr_desktop.core.transformers.cerebras import Cerebras
from tests.unit.core.transformers.bodies import CONTEXT, assistant, body, target, user

IMAGE = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "aaaa"}}


def sent(asked: dict[str, Any], model: str) -> dict[str, Any]:
    unit = Cerebras({})
    where = target()
    where = replace(where, model=model, profile=unit.profile(where.profile))
    encoded = OpenAIChat().encode(asked, where, "")
    return unit.upstream_request(encoded.body, replace(CONTEXT, model=model))


def test_the_limit_has_its_own_name() -> None:
    made = sent(body(max_tokens=50), "llama3.1-8b")

    assert made["max_completion_tokens"] == 50
    assert "max_tokens" not in made


def test_every_content_is_one_text() -> None:
    asked = body(
        messages=[user([{"type": "text", "text": "See:"}, IMAGE]), assistant(), user("And?")]
    )

    contents = [message["content"] for message in sent(asked, "llama3.1-8b")["messages"]]

    assert contents[0].startswith("See:\n\n(Something")
    assert all(isinstance(content, str) for content in contents)


@pytest.mark.parametrize(
    ("model", "thinking", "effort"),
    [
        ("gpt-oss-120b", {"type": "disabled"}, "low"),
        ("zai-glm-4.7", {"type": "disabled"}, "none"),
        ("gpt-oss-120b", {"type": "enabled", "budget_tokens": 4096}, "medium"),
        ("llama3.1-8b", {"type": "disabled"}, None),
    ],
)
def test_only_what_thinks_is_told_how_hard(
    model: str, thinking: dict[str, Any], effort: str | None
) -> None:
    assert sent(body(thinking=thinking), model).get("reasoning_effort") == effort
