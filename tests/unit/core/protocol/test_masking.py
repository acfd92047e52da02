"""Secrets in whatever spelling."""

import base64
import json
import re
from urllib.parse import quote, quote_plus

import pytest

from ccr_desktop.core.protocol.masking import hide, without_secrets

KEY = "PLANTED/qw+er=ty\"%\\'é0123456789"
TAIL = "0123456789"


@pytest.mark.parametrize(
    "said",
    [
        KEY,
        json.dumps(KEY),
        json.dumps(KEY, ensure_ascii=False),
        json.dumps(KEY).replace("/", "\\/"),
        repr(KEY),
        repr(KEY.encode()),
        quote(KEY),
        quote(KEY, safe=""),
        quote_plus(KEY),
        re.sub("%..", lambda escape: escape[0].lower(), quote(KEY, safe="")),
        KEY.encode().decode("latin-1"),
    ],
)
def test_a_key_is_found_however_it_is_spelled(said: str) -> None:
    shown = hide(f"before {said} after", [KEY])

    assert TAIL not in shown
    assert shown.startswith("before ")
    assert shown.endswith(" after")


@pytest.mark.parametrize("before", ["", "u:", "me:", "user:"])
@pytest.mark.parametrize("after", ["", "x", "xy"])
def test_a_key_inside_of_base64_is_found(before: str, after: str) -> None:
    said = base64.b64encode(f"{before}{KEY}{after}".encode()).decode()
    around = base64.b64encode(before.encode()).decode()

    assert len(hide(said, [KEY])) <= len(around) + 9
    assert "***" in hide(said.replace("+", "-").replace("/", "_"), [KEY])


def test_short_words_are_hidden_as_they_are_only() -> None:
    assert hide("abc YWJj", ["abc", ""]) == "*** YWJj"


def test_the_longer_of_two_secrets_goes_first() -> None:
    assert hide("secret-key-and-more", ["secret-key", "secret-key-and-more"]) == "***"


@pytest.mark.parametrize(
    ("whole", "kept"),
    [
        ("https://me:secret@host:8443/v1", "https://host:8443/v1"),
        ("https://token@[::1]:1/v1", "https://[::1]:1/v1"),
        ("https://host/v1?api-version=2&api_key=sk#key=sk", "https://host/v1?api-version=2"),
        ("https://host/v1?code=a&Token=b", "https://host/v1"),
        ("http://localhost:11434/v1/chat/completions", None),
        ("demo:", None),
        ("", None),
    ],
)
def test_an_address_without_its_secrets_keeps_the_rest(whole: str, kept: str | None) -> None:
    assert without_secrets(whole) == (whole if kept is None else kept)
