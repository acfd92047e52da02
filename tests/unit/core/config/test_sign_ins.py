"""An address with a sign-in, and a key: no request can carry both, which is told at the address."""

from typing import Any

import pytest

from ccr_desktop.core.config.reader import read_config

PASSWORD = "planted-password"  # of a test
URL = f"https://user:{PASSWORD}@host.test/v1/chat/completions"
TWICE: list[dict[str, Any]] = [
    {"api_key": "sk-1234567890"},
    {"api_keys": ["sk-1234567890", "sk-0987654321"]},
    {"headers": {"Authorization": "Bearer 1234567890"}},
]
ONCE: list[dict[str, Any]] = [
    {},
    {"api_key": "sk-1234567890", "dialect": "anthropic"},
    {"api_key": "sk-1234567890", "api_base_url": "https://host.test/v1/chat/completions"},
    {"headers": {"x-team": "a"}},
]


def issues_of(**members: Any) -> list[tuple[str, str, str]]:
    entry = {"name": "p", "api_base_url": URL, "models": ["m"], **members}
    config = read_config({"Providers": [entry], "Router": {"default": "p,m"}}, None, {})
    assert PASSWORD not in " ".join(map(str, config.issues))
    found = [issue for issue in config.issues if "sign-in" in issue.problem]
    return [(issue.where, issue.severity, issue.hint) for issue in found]


@pytest.mark.parametrize("members", TWICE, ids=str)
def test_two_sign_ins_are_told_at_the_address(members: dict[str, Any]) -> None:
    ((where, severity, hint),) = issues_of(**members)

    assert (where, severity) == ("Providers[0].api_base_url", "warning")
    assert "out of the address, or remove the key" in hint


@pytest.mark.parametrize("members", ONCE, ids=str)
def test_one_is_in_order(members: dict[str, Any]) -> None:
    assert issues_of(**members) == []
