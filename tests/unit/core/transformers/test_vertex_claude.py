import copy
from typing import Any

import pytest

from ccr_desktop.core.transformers.vertex_claude import vertex_body, vertex_headers
from tests.unit.core.transformers.bodies import TOOL, body, user

MARK = {"type": "ephemeral", "scope": "global"}
OLD, NEW = "claude-haiku-4-5@20251001", "claude-sonnet-4-6"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("claude-code-20250219, effort-2025-11-24", "claude-code-20250219,effort-2025-11-24"),
        (
            "advanced-tool-use-2025-11-20,tool-search-tool-2025-10-19",
            "tool-search-tool-2025-10-19",
        ),
        ("oauth-2025-04-20,claude-code-20250219", "claude-code-20250219"),
        ("new-2030-01-01", None),
        ("", None),
    ],
)
def test_only_known_features_are_asked_for(said: str, kept: str | None) -> None:
    made = vertex_headers({"anthropic-beta": said, "anthropic-version": "2023-06-01", "x": "y"})

    assert made == {"x": "y", **({"anthropic-beta": kept} if kept else {})}


def test_the_version_is_in_the_body_and_the_model_is_not() -> None:
    made = vertex_body(body(safeguards={}), NEW)

    assert made == {
        "anthropic_version": "vertex-2023-10-16",
        "max_tokens": 100,
        "messages": [user("Hello")],
    }


def test_the_form_of_answers_is_where_it_belongs_now() -> None:
    form = {"type": "json_schema", "schema": {}}

    made = vertex_body(body(output_format=form, output_config={"effort": "low"}), NEW)

    assert made["output_config"] == {"effort": "low", "format": form}
    assert "output_format" not in made


@pytest.mark.parametrize(
    ("model", "limit", "thinking"),
    [
        (OLD, 64_000, {"type": "enabled", "budget_tokens": 8192}),
        ("claude-sonnet-4-5@20250929", 4000, {"type": "enabled", "budget_tokens": 3999}),
        ("claude-opus-4-1@20250805", 500, {"type": "disabled"}),
        ("claude-sonnet-4@20250514", 64_000, {"type": "enabled", "budget_tokens": 8192}),
        (NEW, 64_000, {"type": "adaptive"}),
        ("claude-opus-4-7", 64_000, {"type": "adaptive"}),
        ("claude-sonnet-5@20260201", 64_000, {"type": "adaptive"}),
    ],
)
def test_older_models_are_told_in_tokens_how_long_to_think(
    model: str, limit: int, thinking: dict[str, Any]
) -> None:
    asked = body(max_tokens=limit, thinking={"type": "adaptive"}, output_config={"effort": "high"})

    made = vertex_body(asked, model)

    assert made["thinking"] == thinking
    assert ("output_config" in made) == (thinking["type"] == "adaptive")


def test_cache_marks_lose_their_scope_and_nothing_else() -> None:
    asked = body(
        system=[{"type": "text", "text": "s", "cache_control": MARK}],
        tools=[{**TOOL, "cache_control": MARK}],
        messages=[user([{"type": "text", "text": "a", "cache_control": MARK}, {"scope": 1}])],
    )
    before = copy.deepcopy(asked)

    made = vertex_body(asked, NEW)

    plain = {"type": "ephemeral"}
    assert made["system"][0]["cache_control"] == plain
    assert made["tools"][0]["cache_control"] == plain
    assert made["messages"][0]["content"][0]["cache_control"] == plain
    assert made["messages"][0]["content"][1] == {"scope": 1}
    assert asked == before
