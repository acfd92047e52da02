"""Rules as sentences."""

from typing import Any

import pytest

from ccr_desktop.core.config.conditions import CONDITIONS
from ccr_desktop.desktop import language
from ccr_desktop.desktop.pages.routes.rules.sentences import (
    condition,
    sentence,
    short_sentence,
)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            {"when": {"folder": "~/clients/acme"}, "only": ["acme"]},
            "When the folder is ~/clients/acme, use only acme.",
        ),
        (
            {"when": {"time": "22:00-06:00"}, "route": ["p,m", "q,n", "q,o"]},
            "When it is between 22:00 and 06:00, use m from p (backup: n, o).",
        ),
        (
            {"when": {"contains": ["a", "b", "c"], "tokensOver": 50000}, "never": ["p", "q"]},
            (
                "When the message contains “a”, “b” or “c” and more than 50,000 tokens are sent,"
                " never use p or q."
            ),
        ),
        (
            {"when": {"tool": "Bash", "hasImage": True, "stream": False}, "block": "No."},
            (
                "When the tool Bash is offered, a picture is sent and the answer is not streamed,"
                " refuse it with “No”."
            ),
        ),
        (
            {"set": {"top_p": "0.3", "stream": "true", "user": "null"}},
            'Always set top_p to "0.3", set stream to "true" and set user to "null".',
        ),
        ({"set": {"user": " "}}, 'Always set user to " ".'),
        ({"set": {"user": "0.3 or so"}}, "Always set user to 0.3 or so."),
        (
            {"set": {"max_tokens": 5, "metadata.team": "blue", "top_k": None}},
            "Always set max_tokens to 5, set metadata.team to blue and leave out top_k.",
        ),
        (
            {"when": {}, "use": ["tooluse", ["maxtoken", {"max_tokens": 1}]], "route": "p,m"},
            "Always use m from p and apply the fix tooluse and maxtoken.",
        ),
        (
            {"when": {"header": {"x-team": ["a*", "b"]}, "field": {"n": 1}}, "only": "p"},
            "When the header x-team is a* or b and the field n is 1, use only p.",
        ),
        (
            {"when": {"field": {"top_p": "0.3", "n": ["1", 1, "a*"], "user": ""}}, "only": "p"},
            'When the field top_p is "0.3", n is "1", 1 or a* and user is "", use only p.',
        ),
        (
            {"when": {"header": {"x-n": "3", "x-none": ""}}, "only": "p"},
            'When the header x-n is 3 and x-none is "", use only p.',
        ),
        ({"when": {"model": ""}}, "When the model asked for is …, do nothing."),
        ({"name": "x"}, "Always do nothing."),
        ("no rule", '"no rule"'),
        (["no rule"], '["no rule"]'),
        ({"when": [1], "route": "p,m"}, "When [1], use m from p."),
        ({"when": {"tiem": "x"}, "route": {"a": 1}}, 'When tiem = "x", route = {"a": 1}.'),
        (
            {"when": {"time": 3, "folder": [], "hasImage": "yes"}, "set": "x"},
            'When time = 3, folder = [] and hasImage = "yes", set = "x".',
        ),
    ],
)
def test_a_rule_is_one_sentence(rule: Any, said: str) -> None:
    assert sentence(rule) == said


@pytest.mark.parametrize("name", [each.name for each in CONDITIONS])
def test_every_condition_has_words(name: str) -> None:
    values: dict[str, Any] = {
        "time": "1:00-2:00", "header": {"a": "b"}, "field": {"a": 1}, "hasImage": True,
        "stream": True, "tokensOver": 1, "tokensUnder": 1,
    }  # fmt: skip
    assert " = " not in condition(name, values.get(name, "x"))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({"model": "*haiku*"}, "当请求的模型是 *haiku* 时，使用 p 的 m。"),
        ({"hasImage": True}, "当发送了图片时，使用 p 的 m。"),
        ({"contains": "x"}, "当消息包含 “x”时，使用 p 的 m。"),
        ({"tiem": 1}, "当 tiem = 1 时，使用 p 的 m。"),
        ({"folder": ["~/x", "/y"]}, "当文件夹是 ~/x 或 /y 时，使用 p 的 m。"),
        ({"agent": "Plan", "hasImage": True}, "当子智能体是 Plan 且发送了图片时，使用 p 的 m。"),
    ],
)
def test_in_chinese_a_space_stands_beside_other_letters(when: dict[str, Any], said: str) -> None:
    language.current().use("zh_CN")

    assert sentence({"when": when, "route": "p,m"}) == said


@pytest.mark.parametrize(
    ("rule", "end"),
    [
        ({"when": {"contains": "word " * 20_000}, "route": "a,m"}, "”, use m from a."),
        ({"when": {"contains": "x"}, "block": "No. " * 20_000}, "No. ”."),
        ({"block": "No. " * 20_000}, "No. ”."),
    ],
)
def test_a_sentence_with_very_long_words_keeps_its_beginning_and_its_end(
    rule: dict[str, Any], end: str
) -> None:
    said = short_sentence(rule, 300)

    assert len(said) <= 301
    assert said[:5] == sentence(rule)[:5]
    assert "…" in said
    assert said.endswith(end)
    assert short_sentence(rule, 1_000_000) == sentence(rule)
