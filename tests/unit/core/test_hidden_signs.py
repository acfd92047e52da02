"""Signs that nobody sees, in texts and in the settings file."""

import unicodedata
from typing import Any

import pytest

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.hidden_signs import MARK, hidden_sign, hidden_signs, visible

BIDIRECTIONAL = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("sign", [*BIDIRECTIONAL, "\x1b", "\x07", "\x85", "\u2028", "\U000e0041"])
def test_what_can_make_a_text_look_like_another_gets_a_mark(sign: str) -> None:
    assert visible(f"a{sign}b") == f"a{MARK}b"
    assert hidden_sign(f"a{sign}b") == f"U+{ord(sign):04X}"


@pytest.mark.parametrize("sign", ["\u200b", "\u2060", "\ufeff", "\u00ad"])
def test_what_has_no_width_tells_two_names_apart(sign: str) -> None:
    assert hidden_sign(f"open{sign}ai")
    assert visible(f"open{sign}ai") == f"open{sign}ai"  # addresses are broken with it


@pytest.mark.parametrize(
    "text",
    ["OpenRouter", "深度求索，二", "می\u200cخواهم", "שלום", "👩\u200d💻 coder", "a\tb\nc", "é", ""],
)
def test_what_people_write_is_left_alone(text: str) -> None:
    assert (visible(text), hidden_sign(text)) == (text, "")


def test_every_sign_of_direction_is_known() -> None:
    """By Unicode's own classes, so that none is forgotten."""
    classes = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    signs = [chr(code) for code in range(0x3000) if unicodedata.bidirectional(chr(code)) in classes]

    assert len(signs) == 9
    assert all(visible(sign) == MARK for sign in signs)


def test_a_file_with_many_has_the_first_few_told() -> None:
    assert len(list(hidden_signs(["\u202e"] * 50))) == 10


def test_names_of_the_settings_file_are_warned_of_at_their_place() -> None:
    provider = {"name": "a\u202eb", "api_base_url": "http://127.0.0.1:1/v1", "models": ["m\u200b"]}
    raw: dict[str, Any] = {
        "Providers": [provider],
        "Router": {"default": "a\u202eb,m\u200b", "agents": {"plan\u2066": "a\u202eb,m\u200b"}},
        "routeSets": {"Night\u200f": {"default": "a\u202eb,m\u200b"}},
    }

    config = read_config(raw, None, {})

    told = {issue.where: issue for issue in config.issues if "invisible" in issue.problem}
    assert [*told] == [
        "Providers[0].name",
        "Providers[0].models[0]",
        "Router.default",
        "Router.agents",
        "routeSets",
    ]
    assert {issue.severity for issue in told.values()} == {"warning"}
    assert "U+202E" in str(told["Providers[0].name"])
    assert config.router.routes["default"][0].model == "m\u200b"  # it goes on as it is written


def test_an_issue_never_lies_on_a_terminal() -> None:
    said = str(Issue("Router.agents.pl\u202ean", "is odd.", "Mend \u2066it."))

    assert said == f"Router.agents.pl{MARK}an: is odd. Mend {MARK}it."
