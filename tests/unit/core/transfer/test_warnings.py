"""What is said of addresses that came from elsewhere."""

import pytest

from ccr_desktop.core.setup.addresses import same_host
from ccr_desktop.core.transfer.warnings import address_warnings, references_in


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("http://api.example.com/v1", "not encrypted"),
        ("http://127.0.0.1:8080/v1", "this computer"),
        ("https://localhost/v1", "this computer"),
        ("http://[::1]:11434", "this computer"),
        ("http://[::ffff:127.0.0.1]/", "this computer"),
        ("http://0.0.0.0:1/", "this computer"),
        ("http://127.1/", "this computer"),
        ("http://2130706433/", "this computer"),
        ("http://0x7f.0.0.1/", "this computer"),
        ("http://0177.0.0.1/", "this computer"),
        ("https://192.168.1.4/v1", "local network"),
        ("https://10.0.0.1", "local network"),
        ("https://169.254.169.254/latest", "local network"),
        ("https://[fd00::1]/", "local network"),
        ("https://nas/v1", "local network"),
        ("https://box.local/v1", "local network"),
        ("https://me:secret@api.example.com", "sign-in"),
        ("https://аpi.openai.com/v1", "look like others"),
        ("https://xn--pi-7ka.example.com", "look like others"),
        ("http://[bad/", "no address"),
    ],
)
def test_a_doubtful_address_is_flagged(url: str, word: str) -> None:
    assert any(word in line for line in address_warnings(url))


def test_a_plain_address_on_the_internet_is_not() -> None:
    assert address_warnings("https://api.deepseek.com/anthropic/v1/messages") == []


def test_references_are_found_inside_of_texts_and_at_any_depth() -> None:
    value = {"a": ["x $KEY y", {"b": "keyring:name"}], "c": "${Other}", "d": "$5 and $lower"}

    assert references_in(value) == ["$KEY", "keyring:name", "${Other}"]


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ("https://api.example.com/v2", True),
        ("http://api.example.com/v1", False),
        ("https://api.example.com:444/v1", False),
        ("https://evil.example.com/v1", False),
        ("https://api.example.com:x", False),
    ],
)
def test_a_key_may_only_go_to_the_same_host(other: str, is_same: bool) -> None:
    assert same_host("https://api.example.com/v1", other) is is_same


def test_a_host_that_is_to_be_filled_in_is_not_said_to_be_near() -> None:
    assert address_warnings("https://${ENDPOINT_OF_NOBODY}/v1") == []
