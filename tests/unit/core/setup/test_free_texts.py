"""What others may read of a configuration."""

from typing import Any

import pytest

from ccr_desktop.core.setup.free_texts import masked_for_others, words_of_rules

OWN = "of our own"


def in_rule(**rule: Any) -> dict[str, Any]:
    return {"Router": {"rules": [rule]}}


@pytest.mark.parametrize(
    "raw",
    [
        {"transformers": [{"path": "x.py", "options": {"a": OWN, "n": {"b": [OWN, 5]}}}]},
        {"Providers": [{"name": "p", "headers": {"X-Any": OWN, "X-Ref": "$REF"}}]},
        {"Providers": [{"name": "p", "transformer": {"use": [["customparams", {"user": OWN}]]}}]},
        {"Providers": [{"transformer": {"m": {"use": [["customparams", {"a": {"b": OWN}}]]}}}]},
        {"Providers": [{"transformer": {"use": ["tooluse", ["mine", {"text": OWN, "n": 1}]]}}]},
        in_rule(when={"header": {"x-any": [OWN]}}),
        in_rule(when={"contains": OWN, "folder": "/work"}, block=OWN),
        in_rule(when={"contains": [OWN, OWN], "field": {"metadata.team": OWN, "n": 1}}),
        in_rule(set={"metadata.team": OWN, "top_p": 0.3}, only=["p"]),
        in_rule(use=[["customparams", {"user": OWN}]]),
        in_rule(use=[["maxtoken", {"max_tokens": 5}, {"of": OWN}]]),
        in_rule(comment=OWN, when={"contain": OWN, "// why": OWN, "model": "m"}, route="p,m"),
        {"Router": {"rules": [OWN, {"when": OWN, "route": "p,m"}]}},
        {"Desktop": {"notifications": {"budget": "window", "unheard": OWN}}},
        {"routeSets": {"work": {"rules": [{"block": OWN}], "unheard": {"of": OWN}}}},
        {"unheard": {"of": [OWN, 1]}, "Router": {"default": "p,m", "unheard": OWN}},
        {"Providers": [{"name": "p", "unheard": OWN}], "Desktop": {"unheard": OWN}},
        {"// why": OWN, "Router": {"default": "p,m", "_note": OWN}},
        {"projects": {"/work": {"// why": OWN}}},
    ],
)
def test_words_of_their_own_are_left_out_and_all_else_is_kept(raw: dict[str, Any]) -> None:
    shown = masked_for_others(raw)

    assert OWN not in str(shown)
    assert shown == _replaced(raw)


def _replaced(value: Any) -> Any:
    match value:
        case dict():
            return {key: _replaced(item) for key, item in value.items()}
        case list():
            return [_replaced(item) for item in value]
        case _:
            return "***" if value == OWN else value


@pytest.mark.parametrize(
    "raw",
    [
        {
            "$schema": "https://example.test/schema.json",
            "LOG_LEVEL": "debug",
            "REWRITE_SYSTEM_PROMPT": "x.md",
        },
        {"Providers": [{"name": "p", "api_base_url": "https://x.test/v1", "models": ["m"]}]},
        {"Providers": [{"transformer": {"use": [["reasoning", {"effort": "high"}]]}}]},
        {"Providers": [{"transformer": {"use": [["openrouter", {"provider": {"only": ["a"]}}]]}}]},
        in_rule(
            name="ours", when={"model": "*haiku*", "tool": "Bash", "time": "1:00-2:00"}, route="p,m"
        ),
        {"routeSets": {"work": {"default": "p,m", "fallback": {"default": ["p,n"]}}}},
        {"projects": {"~/work": "work"}, "Desktop": {"theme": "dark"}},
    ],
)
def test_what_is_needed_to_help_is_kept(raw: dict[str, Any]) -> None:
    assert masked_for_others(raw) == raw


def test_words_of_rules_are_what_they_look_for_and_say() -> None:
    raw = {
        "Router": {"rules": [{"when": {"contains": ["one", "two"]}, "route": "p,m"}]},
        "routeSets": {"s": {"rules": [{"block": "three", "when": {"field": {"a": "b"}}}]}},
    }

    assert [*words_of_rules(raw)] == ["one", "two", "three"]


def test_a_text_in_the_place_of_a_rule_is_told_by_what_is_wrong_with_it() -> None:
    raw = {"Router": {"rules": ["never for acme", {"when": "at night", "route": "p,m"}]}}

    assert [*words_of_rules(raw)] == ["never for acme", "at night"]
