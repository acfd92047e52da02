"""Addresses as people paste them."""

import pytest

from ccr_desktop.core.config.settings import BY_KEY
from ccr_desktop.core.setup import addresses
from ccr_desktop.core.setup.addresses import complete_url, models_url
from ccr_desktop.errors import ClientError


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("https://h.test", "https://h.test/v1/chat/completions"),
        (" https://h.test/v1/ ", "https://h.test/v1/chat/completions"),
        ("h.test/v1", "https://h.test/v1/chat/completions"),
        ("h.test:8080/v1", "https://h.test:8080/v1/chat/completions"),
        ("localhost:11434/v1", "http://localhost:11434/v1/chat/completions"),
        ("localhost:11434", "http://localhost:11434/v1/chat/completions"),
        ("127.0.0.1:1234", "http://127.0.0.1:1234/v1/chat/completions"),
        ("[::1]:1234/v1", "http://[::1]:1234/v1/chat/completions"),
        ("https://h.test/v1/chat/completions", "https://h.test/v1/chat/completions"),
        ("https://h.test/v1/messages", "https://h.test/v1/messages"),
        ("https://api.anthropic.com", "https://api.anthropic.com/v1/messages"),
        ("https://h.test/v1/responses", "https://h.test/v1/responses"),
        ("https://h.test/api/chat", "https://h.test/api/chat"),
        (
            "https://generativelanguage.googleapis.com",
            "https://generativelanguage.googleapis.com/v1beta/models",
        ),
        ("https://h.test/anthropic", "https://h.test/anthropic/v1/messages"),
        ("demo:", "demo:"),
    ],
)
def test_the_beginning_of_an_address_is_enough(pasted: str, expected: str) -> None:
    assert complete_url(pasted) == expected


@pytest.mark.parametrize("dialect", BY_KEY["Providers[].dialect"].choices)
def test_addresses_of_every_dialect_can_be_completed(dialect: str) -> None:
    assert dialect in addresses._ENDPOINTS


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "https://",
        "ftp://h.test",
        "htp:/h.test",
        "http:/h.test",
        "two words",
        '"',
        "local,main-model",
        "https://[x",
        "h:0",
        "sk-" + "k" * 61,
        "sk-good-key-1234567890",
        "https://h\u202eex.test",
        "a." * 127 + "test",
    ],
)
def test_what_is_no_address_is_refused(pasted: str) -> None:
    with pytest.raises(ClientError, match="is no address") as refused:
        complete_url(pasted)
    assert str(refused.value).startswith("This is no address")


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [
        ("https://h.test/v1/chat/completions", "https://h.test/v1/models"),
        ("https://h.test/v1/messages", "https://h.test/v1/models"),
        ("https://h.test/api/v3/chat/completions?a=b", "https://h.test/api/v3/models"),
        ("https://h.test/chat/completions", "https://h.test/v1/models"),
        ("https://h.test/v1/models", "https://h.test/v1/models"),
    ],
)
def test_models_are_listed_beside_the_endpoint(endpoint: str, expected: str) -> None:
    assert models_url(endpoint) == expected
