"""The support file: what people wrote for themselves is not in it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.doctor.support import Facts, support_text
from ccr_desktop.errors import ConfigError

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


OWN = "our plans for acme"
LONG = f"{OWN} and it's much longer than what is shown of a text in such a place"


@pytest.mark.parametrize(
    "raw",
    [
        {"PORT": OWN, "LOG_LEVEL": OWN, "Desktop": {"quietHours": LONG}},
        {"Desktop": OWN, "StatusLine": {"currentStyle": "x", "note": OWN}},
        {"projects": {"/work": OWN}, "routeSets": {"a": {"thinkWhen": [OWN], "unheard": LONG}}},
        {"StatusLine": {"default": {"modules": [{"type": OWN}, {"type": "model", "color": OWN}]}}},
        {"StatusLine": {"default": {"modules": [{"type": "model", "text": f"{{{{{OWN}}}}}"}]}}},
        {"transformers": [{"path": "x.py", "note": OWN}, {"note": OWN}, {"options": LONG}]},
        {"plugins": [{"name": "token-speed", "note": OWN}]},
        {"Failover": {"on": [OWN], "tries": LONG}},
        {"transformer": OWN, "Router": {"longContextThreshold": OWN, "rules": [{"when": LONG}]}},
        {"Providers": [{"transformer": {"note": OWN, "m": {"use": ["tooluse"], "note": OWN}}}]},
        {"Providers": [{"tokenizer": {"note": OWN, "default": {"type": "x", "note": OWN}}}]},
        {"Providers": [{"prices": {"m": {"note": OWN, "input": OWN}}, "timeout": {"idle": LONG}}]},
        {"Providers": [{"context_windows": {"m": OWN}, "headers": OWN, "profile": "x"}]},
    ],
)
def test_what_nobody_knows_is_neither_in_the_settings_nor_in_what_is_wrong_with_them(
    raw: dict[str, Any],
) -> None:
    usual = {"name": "p", "api_base_url": "https://p.test/v1", "models": ["m"]}
    raw = {**raw, "Providers": [{**usual, **raw.get("Providers", [{}])[0]}]}
    log = list(map(str, _problems(raw)))

    text = support_text(Facts(raw=raw, source="x", issues=log, log_lines=log), [])

    assert "acme" not in text
    assert "***" in text


@pytest.mark.parametrize(
    "address",
    [
        "me:PLANTEDpw@gw.corp.test/v1",
        "PLANTED0f8e7d6c5b4a39281706f5e4d3c2b1a0.Ab12",
        "http://me:PLANTEDpw@h.test:99999/v1",
        "https//me:PLANTEDpw@h.test/v1",
        "ftp://me:PLANTEDpw@h.test/",
        "htps://sk-ant-api03-PLANTED@h.test",
        "https//h.test/v1?api_key=PLANTEDq",
    ],
)
def test_what_is_no_address_may_be_secret_and_is_repeated_nowhere(address: str) -> None:
    raw = {"Providers": [{"name": "p", "api_base_url": address, "models": ["m"]}]}
    issues = list(map(str, _problems(raw)))
    older = f"Providers[0].api_base_url: {address!r} is no address."

    text = support_text(Facts(raw=raw, source="x", issues=issues, log_lines=[older]), [])

    assert "PLANTED" not in "".join(issues)
    assert "PLANTED" not in text
    assert text.count("is no address.") == 2


def _problems(raw: dict[str, Any]) -> Sequence[Issue]:
    try:
        return read_config(raw, Path("/x/config.json"), {}).issues
    except ConfigError as exc:
        return exc.issues
