"""The support file: what people wrote for themselves is not in it."""

from typing import Any

from ccr_desktop.doctor.support import Facts, support_text

RAW: dict[str, Any] = {
    "Router": {
        "default": "p,kimi-k2",
        "rules": [
            {"when": {"contains": ["acme", "project falcon", "k2"]}, "route": "p,kimi-k2"},
            {"when": {"folder": "/work"}, "block": "Ask Alice first."},
        ],
    },
    "unheard": "of our own",
}


def test_words_of_rules_are_not_repeated_by_what_happened() -> None:
    log = [
        "req_1: p,kimi-k2 (rule: the message contains 'acme')",
        "req_2: p,kimi-k2 (rule: what is sent contains 'k2')",
        "req_3: 403 Ask Alice first.",
        "req_4: a provider said: no project falcon here",
    ]
    facts = Facts(raw=RAW, source="x", issues=["unheard: there is no such setting."], log_lines=log)

    text = support_text(facts, [])

    for words in ("acme", "falcon", "Alice", "of our own"):
        assert words not in text
    assert "contains '***'" in text
    assert '"folder": "/work"' in text
    assert text.count("p,kimi-k2") == 4
    assert "unheard: there is no such setting." in text


def test_words_of_rules_that_went_since_are_not_repeated() -> None:
    log = [
        "req_1: p,kimi-k2 (rule: the message contains 'zebra')",
        """req_2: p,kimi-k2 (rule: what is sent contains "zebra's own", so p may not serve it)""",
        "req_3: p,kimi-k2 (rule: the message contains none of the words)",
    ]

    text = support_text(Facts(raw={}, source="x", issues=[], log_lines=log), [])

    assert "zebra" not in text
    assert "contains '***'" in text
    assert ", so p may not serve it" in text
    assert "contains none of the words" in text


def test_a_refusal_is_known_however_its_lines_are_told() -> None:
    raw = {"Router": {"rules": [{"when": {"tool": "Bash"}, "block": " Ask Alice\nbefore that. "}]}}
    log = ["req_1: 403 Ask Alice before that."]

    text = support_text(Facts(raw=raw, source="x", issues=[], log_lines=log), [])

    assert "Alice" not in text
