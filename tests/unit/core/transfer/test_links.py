"""Links of this and of other programs: untrusted, shown, and confined."""

import base64
import json
import zlib
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from ccr_desktop.core.transfer import own_link
from ccr_desktop.core.transfer.entries import KEY_AS_BEARER
from ccr_desktop.core.transfer.found import Found, Origin
from ccr_desktop.core.transfer.offer import Offer, offer
from ccr_desktop.core.transfer.schemes import is_link, link_in
from ccr_desktop.core.transfer.sources import read_link
from ccr_desktop.errors import ClientError

KEY = "sk-planted-0123456789"


def switch(**parameters: str) -> Found:
    given = {"resource": "provider", "app": "claude", "name": "One", **parameters}
    return read_link(f"ccswitch://v1/import?{urlencode(given)}")


def coded(value: Any) -> str:
    return base64.b64encode(json.dumps(value).encode()).decode()


def own(value: Any) -> str:
    data = base64.urlsafe_b64encode(zlib.compress(json.dumps(value).encode())).decode()
    return f"ccr-desktop://import?v=1&data={data.rstrip('=')}"


def test_a_provider_of_cc_switch_comes_with_its_key_and_models() -> None:
    found = switch(
        endpoint="https://api.example.com/anthropic,https://second.example.com",
        apiKey=KEY,
        model="big",
        haikuModel="small",
    )

    assert found.origin is Origin.LINK
    assert found.raw == {
        "Providers": [
            {
                "name": "One",
                "api_base_url": "https://api.example.com/anthropic/v1/messages",
                "api_key": KEY,
                "models": ["big", "small"],
                "transformer": KEY_AS_BEARER,
            }
        ],
        "Router": {"default": "One,big", "background": "One,small"},
    }


@pytest.mark.parametrize(
    ("app", "config", "url", "model"),
    [
        (
            "claude",
            {"env": {"ANTHROPIC_BASE_URL": "https://c.example.com", "ANTHROPIC_MODEL": "m"}},
            "https://c.example.com/v1/messages",
            "m",
        ),
        (
            "codex",
            {
                "auth": {"OPENAI_API_KEY": KEY},
                "config": 'model_provider = "x"\nmodel = "m"\n[model_providers.x]\n'
                'base_url = "https://x.example.com/v1"\n',
            },
            "https://x.example.com/v1/responses",
            "m",
        ),
        (
            "opencode",
            {"npm": "@ai-sdk/openai-compatible", "options": {"baseURL": "https://o.example.com/v1"},
             "models": {"m": {}}},
            "https://o.example.com/v1/chat/completions",
            "m",
        ),
    ],
)  # fmt: skip
def test_its_settings_may_be_inside_of_the_link(
    app: str, config: dict[str, Any], url: str, model: str
) -> None:
    entry = switch(app=app, config=coded(config), apiKey=KEY).raw["Providers"][0]

    assert (entry["api_base_url"], entry["models"], entry["api_key"]) == (url, [model], KEY)


def test_a_parameter_can_not_break_out_of_the_settings_that_are_made_of_it() -> None:
    evil = 'm"\n[model_providers.custom]\nbase_url = "https://evil.example.com'

    found = switch(app="codex", endpoint="https://good.example.com/v1", model=evil)

    assert found.raw["Providers"] == []
    assert any("can't be read" in line for line in found.needs_hand)


@pytest.mark.parametrize("resource", ["mcp", "prompt", "skill", ""])
def test_what_is_no_provider_is_refused_with_where_it_belongs(resource: str) -> None:
    with pytest.raises(ClientError, match="brings no provider"):
        switch(resource=resource)


def test_a_provider_of_claude_code_router_comes_as_parameters_or_as_a_payload() -> None:
    query = urlencode({"name": "A", "base_url": "api.example.com/v1", "models": "x,y"})
    payload = {"name": "A", "base_url": "https://api.example.com/v1", "models": ["x", {"id": "y"}]}

    one = read_link(f"ccr://provider?{query}").raw
    other = read_link(f"ccr://provider?payload={quote(coded(payload))}").raw

    assert one == other
    assert one["Providers"][0]["models"] == ["x", "y"]


def test_nothing_is_fetched_for_a_link() -> None:
    with pytest.raises(ClientError, match="not fetched"):
        read_link("ccr://provider?manifest=https%3A%2F%2Fexample.com%2Fm.json")
    with pytest.raises(ClientError, match="not fetched"):
        switch(configUrl="https://example.com/c.json")


def test_our_own_link_brings_providers_and_routes_back_without_keys() -> None:
    raw = {
        "Providers": [
            {"name": "a", "api_base_url": "https://a.example.com/v1", "api_key": KEY,
             "models": ["m"], "headers": {"Authorization": KEY}},
        ],
        "Router": {"default": "a,m", "rules": [{"route": "a,m"}]},
        "APIKEY": KEY,
    }  # fmt: skip

    link = own_link.make(raw)
    found = read_link(link)

    assert KEY not in link
    assert found.raw["Providers"] == [
        {"name": "a", "api_base_url": "https://a.example.com/v1", "models": ["m"]}
    ]
    assert found.raw["Router"] == {"default": "a,m"}


@pytest.mark.parametrize(
    ("providers", "words"),
    [
        ([], "Add one first"),
        ([{"name": "a", "api_base_url": f"https://me:{KEY}@a.example.com"}], "holds a secret"),
        ([{"name": "a", "api_base_url": "$A_URL"}], "leads to one here"),
    ],
)
def test_why_no_provider_can_be_in_a_link_is_said(
    providers: list[dict[str, Any]], words: str
) -> None:
    with pytest.raises(ClientError, match=words):
        own_link.make({"Providers": providers})


def test_too_much_for_a_link_is_said() -> None:
    names = [f"model-{number * 7919 % 10007}-{number}" for number in range(20000)]
    raw = {"Providers": [{"name": "a", "api_base_url": "https://a.example.com", "models": names}]}

    with pytest.raises(ClientError, match="too many settings for a link"):
        own_link.make(raw)


@pytest.mark.parametrize(
    ("link", "word"),
    [
        ("https://example.com", "no link that is known"),
        ("ccr://chat?x=1", "is not known"),
        ("ccswitch://v2/import?resource=provider", "is not known"),
        ("ccr-desktop://import?v=2&data=x", "newer version"),
        ("ccr-desktop://import?data=x", "is not known"),
        ("ccr-desktop://import?v=1&data=%%%", "damaged"),
        ("ccr-desktop://import?v=1", "not known"),
        ("ccr-desktop://[x", "can't be read"),
        ("ccr://provider?name=a", "no address"),
        ("ccr://provider?payload=zzz", "can't be read"),
        ("ccr://provider?base_url=ftp://x.example.com", "no address"),
        (f"ccr://provider?base_url={'a' * 40000}", "too long"),
        ("ccr://provider?base_url=https://a\nb", "characters"),
    ],
)
def test_a_bad_link_fails_with_its_own_words(link: str, word: str) -> None:
    with pytest.raises(ClientError, match=word):
        read_link(link)


def test_a_small_link_can_not_unpack_to_something_huge() -> None:
    with pytest.raises(ClientError, match="too large"):
        read_link(own({"Providers": [{"name": "a" * 4_000_000}]}))


def test_a_link_reaches_for_nothing_that_is_stored_here() -> None:
    entries = [
        {"name": "a", "api_base_url": "https://evil.example.com", "api_key": "keyring:deepseek"},
        {"name": "b", "api_base_url": "https://evil.example.com", "api_key": "$OPENAI_API_KEY"},
        {"name": "c", "api_base_url": "https://evil.example.com/?k=${HOME}"},
        {"name": "d", "api_base_url": "https://d.example.com", "proxy_url": "http://evil:1",
         "headers": {"x": "$A"}, "transformer": {"use": ["mine"]}},
    ]  # fmt: skip
    settings = {"CUSTOM_ROUTER_PATH": "/x.py", "Router": {"default": "d,m", "rules": [{}]}}

    found = read_link(own({"Providers": entries, **settings}))

    assert found.raw == {
        "Providers": [{"name": "d", "api_base_url": "https://d.example.com"}],
        "Router": {"default": "d,m"},
    }
    told = "\n".join(found.needs_hand)
    for words in ("keyring:deepseek", "$OPENAI_API_KEY", "${HOME}", "CUSTOM_ROUTER_PATH", "rules"):
        assert words in told


def offered(found: Found, raw: dict[str, Any] | None = None) -> Offer:
    return offer(found, raw or {})


def test_the_whole_address_is_shown_and_its_dangers() -> None:
    found = read_link("ccr://provider?name=a&base_url=http://192.168.0.9:1234/v1&models=m")

    item = offered(found).items[0]

    assert "http://192.168.0.9:1234/v1/chat/completions" in item.detail
    assert any("local network" in line for line in item.warnings)
    assert any("not encrypted" in line for line in item.warnings)
    assert not item.is_ticked


def test_routes_of_a_link_are_taken_only_by_hand() -> None:
    found = switch(endpoint="https://api.example.com", model="m")

    ticked = offered(found).ticked

    assert ticked == {"provider:One"}


def test_only_known_schemes_are_links() -> None:
    assert is_link(" CCR-Desktop://import?x ")
    assert not is_link("/home/me/config.json")


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Try this: <ccr://provider?name=a>.", "ccr://provider?name=a"),
        ('[add it](CCSwitch://v1/import?x=1) or "ccr://b"', "CCSwitch://v1/import?x=1"),
        ("ccr-desktop://import?v=1", "ccr-desktop://import?v=1"),
        ("ccr://provider?name=two words", "ccr://provider?name=two words"),
        ("xccr://provider", "xccr://provider"),
        ("nothing of it", "nothing of it"),
    ],
)
def test_a_link_is_found_among_the_words_around_it(text: str, link: str) -> None:
    assert link_in(text) == link
    assert not is_link("https://example.com")


def test_the_key_of_a_doubtful_address_is_left_with_it() -> None:
    link = f"ccr://provider?name=a&base_url=http://127.0.0.1:1/v1&api_key={KEY}&models=m"

    assert offered(read_link(link)).ticked == frozenset()


@pytest.mark.parametrize(
    "entry",
    [
        {"name": "a", "api_base_url": "https://a.example.com", "models": 1.0},
        {"name": "a", "api_base_url": ["https://a.example.com"]},
        {"name": "a", "api_base_url": "https://a\u202eexample.com"},
        {"name": "a", "api_base_url": "https://a.example.com", "models": ["m\nx"]},
        {"name": "\u202e", "api_base_url": "https://a.example.com"},
        {"name": "a", "api_base_url": "https://a.example.com", "models": ["m"] * 1000},
    ],
)
def test_an_entry_of_another_shape_is_left_out(entry: dict[str, Any]) -> None:
    found = read_link(own({"Providers": [entry]}))

    assert found.raw["Providers"] == []
    assert any("no shape" in line for line in found.needs_hand)


@pytest.mark.parametrize(
    "url", ["https://me:word-of-mine@h.test/v1", "https://h.test/v1?access_token=word-of-mine"]
)
def test_our_own_link_brings_no_provider_whose_address_opens_it(url: str) -> None:
    fair = {"name": "a", "api_base_url": "https://a.test/v1", "models": ["m\ud800"]}
    private = {"name": "b", "api_base_url": url, "models": ["m"]}

    found = read_link(own_link.make({"Providers": [fair, private]}))

    assert "word-of-mine" not in str(found.raw)


def test_a_relay_of_cc_switch_gets_the_key_as_a_bearer_token_by_a_link_too() -> None:
    given = {"resource": "provider", "app": "claude", "name": "Relay", "model": "m"}
    given |= {"endpoint": "https://relay.example.com", "apiKey": "sk-planted-0123456789"}

    found = read_link(f"ccswitch://v1/import?{urlencode(given)}")

    assert found.raw["Providers"][0]["transformer"] == KEY_AS_BEARER
    assert not found.needs_hand
