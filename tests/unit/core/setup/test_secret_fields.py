"""Which texts of a configuration are secret."""

from typing import Any

import pytest

from ccr_desktop.core.setup.secret_fields import (
    find_secrets,
    is_stand_in,
    json_path,
    masked,
    with_placeholders,
)

SECRET = "a-secret-of-mine-0123"


@pytest.mark.parametrize(
    "raw",
    [
        {"APIKEY": SECRET},
        {"ClientKeys": [{"name": "laptop", "key": SECRET}]},
        {"ClientKeys": [SECRET]},
        {"Providers": [{"name": "p", "api_key": SECRET}]},
        {"Providers": [{"name": "p", "api_keys": [SECRET, {"key": SECRET, "weight": 2}]}]},
        {"Providers": [{"headers": {"Authorization": SECRET, "x-api-key": SECRET}}]},
        {"Providers": [{"headers": {"Cookie": SECRET}}]},
        {"PROXY_URL": f"http://me:{SECRET}@proxy.test:8080"},
        {"Providers": [{"api_base_url": f"https://h.test/v1?key={SECRET}"}]},
        {"transformers": [{"path": "x.py", "options": {"client_secret": SECRET}}]},
        {"transformers": [{"path": "x.py", "options": {"private_key": SECRET}}]},
        {"anything": {"deep": ["sk-or-v1-0123456789abcdef0123456789abcdef"]}},
        {"tokenizer": {"apiKey": SECRET}},
        {"PROXY_URL": f"me:{SECRET}@proxy.test:8080"},
        {"PROXY_URL": f"http://me:p@{SECRET}@proxy.test:8080"},
        {"Providers": [{"api_base_url": f"https://h.test/v1?v=1&access_token={SECRET}"}]},
        {"Providers": [{"api_key": {"key": SECRET}, "api_keys": {"first": SECRET}}]},
        {"Providers": [{"headers": {"Ocp-Apim-Subscription-Key": SECRET, "X-Auth": SECRET}}]},
        {"transformers": [{"path": "x.py", "options": {"key": SECRET, "passphrase": SECRET}}]},
        {"credentials": {"user": "me", "pass": SECRET}},
        {"Router": {"rules": [{"when": {"field": {"metadata.key": SECRET}}}]}},
        {"Providers": [{"api_base_url": f"me:{SECRET}@gw.corp.test/v1"}]},
        {"Providers": [{"api_base_url": f"https//me:{SECRET}@h.test/${{PATH}}"}]},
        {"Providers": [{"api_base_url": f"{SECRET}.Ab12"}]},
        {"Providers": [{"api_base_url": f"https//h.test/v1?api_key={SECRET}"}]},
        {"Providers": [{"proxy_url": f"http:/me:{SECRET}@proxy.test"}]},
        {"HTTPS_PROXY": f"me:{SECRET}@proxy.test"},
        {"PROXY_URL": SECRET},
        {"Providers": [{"proxy_url": f" {SECRET}+/= "}]},
    ],
    ids=str,
)
def test_secrets_are_masked_wherever_they_are(raw: dict[str, Any]) -> None:
    assert list(find_secrets(raw))
    assert SECRET not in str(masked(raw))
    assert "0123456789abcdef" not in str(masked(raw))


@pytest.mark.parametrize(
    "raw",
    [
        {"APIKEY": "$KEY"},
        {"ClientKeys": [{"name": "laptop", "key": "keyring:k", "expires": "2027-03-31"}]},
        {"Providers": [{"api_key": "keyring:p"}, {"api_key": "${p_key}"}, {"api_key": ""}]},
        {"Providers": [{"api_key": "#{apiKey}"}]},
        {"Providers": [{"transformer": {"use": [["maxtoken", {"max_tokens": 5}]]}}]},
        {"Providers": [{"tokenizer": "cl100k_base", "auth": "none", "name": "token-shop"}]},
        {"Router": {"default": "p,m"}, "CUSTOM_ROUTER_PATH": "~/token.py"},
        {"projects": {"~/secret-shop": "Offline"}, "Router": {"agents": {"token-counter": "p,m"}}},
        {"Router": {"rules": [{"set": {"prompt_cache_key": "blue"}}]}},
        {"Providers": [{"api_base_url": "demo:"}, {"api_base_url": "$HOST/v1"}]},
        {"PROXY_URL": "proxy.test:8080", "Providers": [{"proxy_url": "none"}]},
        {"PROXY_URL": "System", "Providers": [{"proxy_url": "localhost"}, {"proxy_url": "$PROXY"}]},
        {"PROXY_URL": "http://proxy", "Providers": [{"proxy_url": "proxy:3128"}]},
    ],
    ids=str,
)
def test_references_and_plain_texts_stay(raw: dict[str, Any]) -> None:
    assert masked(raw) == raw
    assert not list(find_secrets(raw))


def test_a_copy_to_give_away_has_names_that_say_what_belongs_there() -> None:
    raw = {
        "APIKEY": SECRET,
        "Providers": [
            {"name": "My shop", "api_key": SECRET},
            {"name": "my-shop", "api_key": SECRET},
            {"name": "pool", "api_keys": [SECRET, {"key": SECRET}]},
            {"api_key": SECRET},
        ],
        "PROXY_URL": f"http://me:{SECRET}@proxy.test",
    }

    shared, names = with_placeholders(raw)

    assert names == {
        "CCR_APIKEY": "APIKEY",
        "MY_SHOP_API_KEY": "Providers[0].api_key",
        "MY_SHOP_API_KEY_2": "Providers[1].api_key",
        "POOL_API_KEY": "Providers[2].api_keys[0]",
        "POOL_API_KEY_2": "Providers[2].api_keys[1].key",
        "PROVIDER_4_API_KEY": "Providers[3].api_key",
        "PROXY_URL": "PROXY_URL",
    }
    assert shared["Providers"][0]["api_key"] == "$MY_SHOP_API_KEY"
    assert SECRET not in str(shared)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$A", True),
        (" ${b} ", True),
        ("keyring:x", True),
        ("#{x}", True),
        ("{{x}}", True),
        ("", True),
        ("x$A", False),
        ("x", False),
    ],
)
def test_what_stands_for_a_secret_is_none(text: str, expected: bool) -> None:
    assert is_stand_in(text) is expected


def test_places_are_written_as_issues_write_them() -> None:
    assert json_path(("Providers", 0, "api_keys", 1, "key")) == "Providers[0].api_keys[1].key"
