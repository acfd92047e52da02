"""Rules that name a provider which is to go."""

from typing import Any

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.setup.edits import without_provider
from ccr_desktop.core.setup.rule_mentions import mentions, without_mentions
from tests.support.turns import JsonObject

BAN = {"name": "ban", "when": {"folder": "/x"}, "never": ["acme", "Beta"]}
SHORT = {"name": "short", "when": {"folder": "/y"}, "never": "Acme"}
BOTH = {"name": "both", "when": {"folder": "/z"}, "never": "Acme", "set": {"max_tokens": 5}}
FEW = {"name": "few", "when": {"folder": "/w"}, "only": ["Beta", "Acme"]}
SOLE = {"name": "sole", "when": {"folder": "/v"}, "only": "Acme"}


def config(rules: list[Any], **others: Any) -> JsonObject:
    return {
        "Providers": [
            {"name": name, "api_base_url": "http://127.0.0.1:1/v1", "models": ["m"]}
            for name in ("Acme", "Beta")
        ],
        "Router": {"default": "Beta,m", "rules": rules},
        **others,
    }


def test_rules_that_are_on_and_name_it_are_found_in_every_set() -> None:
    sets = {"s": {"default": "Beta,m", "rules": [SOLE]}}
    off = {**BAN, "enabled": False}
    raw = config([{"route": "Acme,m"}, off, BAN], routeSets=sets)

    found = mentions(raw, "Acme")

    assert [(each.place, each.rule, each.is_sole) for each in found] == [
        ("Router.rules[2]", BAN, False),
        ("routeSets.s.rules[0]", SOLE, True),
    ]
    assert mentions(raw, "acme") == found
    assert not mentions(raw, "other")


def test_the_name_is_taken_out_and_what_does_nothing_else_goes() -> None:
    raw = config([BAN, SHORT, BOTH, FEW, "odd"])

    new = without_mentions(raw, "Acme")

    assert new["Router"]["rules"] == [
        {**BAN, "never": ["Beta"]},
        {key: value for key, value in BOTH.items() if key != "never"},
        {**FEW, "only": ["Beta"]},
        "odd",
    ]
    assert raw == config([BAN, SHORT, BOTH, FEW, "odd"])


def test_the_rest_can_be_read_without_the_provider() -> None:
    raw = config([BAN, SHORT, BOTH, FEW])

    read = read_config(without_provider(without_mentions(raw, "Acme"), "Acme"), None, {})

    assert [rule.name for rule in read.router.rules] == ["ban", "both", "few"]


def test_a_rule_that_allows_nobody_else_stays() -> None:
    off = {**SOLE, "enabled": False}

    assert without_mentions(config([SOLE, off, BAN]), "Acme")["Router"]["rules"][:2] == [SOLE, off]


def test_a_set_keeps_its_empty_list_and_router_does_not() -> None:
    sets = {"s": {"default": "Beta,m", "rules": [SHORT]}}

    new = without_mentions(config([SHORT], routeSets=sets), "Acme")

    assert new["Router"] == {"default": "Beta,m"}
    assert new["routeSets"]["s"]["rules"] == []
