"""What others may read of a configuration."""

from typing import Any

import pytest

from ccr_desktop.core.setup.free_texts import masked_for_others, words_of_rules

OWN = "of our own"


def in_line(**module: Any) -> dict[str, Any]:
    return {"StatusLine": {"default": {"modules": [module]}}}


def in_provider(**members: Any) -> dict[str, Any]:
    return {"Providers": [{"name": "p", **members}]}


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
        {"Desktop": {"notifications": {"budget": True, "unheard": OWN}}},
        {"routeSets": {"work": {"rules": [{"block": OWN}], "unheard": {"of": OWN}}}},
        {"unheard": {"of": [OWN, 1]}, "Router": {"default": "p,m", "unheard": OWN}},
        {"Providers": [{"name": "p", "unheard": OWN}], "Desktop": {"unheard": OWN}},
        {"// why": OWN, "Router": {"default": "p,m", "_note": OWN}},
        {"projects": {"/work": {"// why": OWN}}},
        {"projects": {"/a": {"provider": "p", "model": "m", "note": OWN}, "/b": OWN, "/c": "p,m"}},
        {"Router": {"think": {"provider": "p", "model": "m", "note": OWN}, "thinkWhen": ["any"]}},
        {"fallback": {"default": ["p,m"], "unheard": OWN}},
        {"transformers": ["/x.py", {"path": "/y.py", "note": OWN, "name": "y"}]},
        {"plugins": ["token-speed", {"name": "token-speed", "enabled": True, "note": OWN}]},
        {"Plugins": [{"name": "token-speed", "options": {"any": OWN}}]},
        {"StatusLine": {"enabled": True, "note": OWN, "mine": {"modules": [], "note": OWN}}},
        in_line(type="model", icon="\N{WATCH}", text="{{model}} · {{version}}", note=OWN),
        in_line(type=OWN, icon=OWN, text=OWN),
        in_line(color=OWN, background="bright_blue", scriptPath="/x.py", options={"a": OWN}),
        in_provider(transformer={"m": {"use": ["deepseek"], "note": OWN}, "note": OWN}),
        in_provider(transformer={"use": ["deepseek", {"note": OWN}], "m": ["tooluse"]}),
        in_provider(tokenizer={"default": {"type": "tiktoken", "encoding": OWN}, "note": OWN}),
        in_provider(tokenizer={"models": {"m": {"type": "tiktoken", "note": OWN}}}),
        in_provider(prices={"m": {"input": "0.5", "output": OWN, "note": OWN}}),
        in_provider(context_windows={"m": "200000", "n": OWN}),
        in_provider(timeout={"connect": OWN, "note": OWN}, api_keys=[{"key": "$K", "label": OWN}]),
        {"PORT": OWN, "LOG_LEVEL": OWN, "LOG": "true", "Desktop": OWN, "Router": OWN},
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
        {
            "projects": {"~/work": "work", "/x": "p,m"},
            "routeSets": {"work": {"default": "p,m"}},
            "Desktop": {"theme": "dark", "quietHours": "22:00-06:00"},
        },
        {"StatusLine": {"enabled": True, "currentStyle": "mine", "fontFamily": "Fira Code"}},
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
