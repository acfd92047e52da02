"""The list of providers."""

from typing import Any

import pytest

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.providers import read_providers
from ccr_desktop.core.config.schema import Provider, Timeouts
from ccr_desktop.core.config.settings import BY_KEY

JsonObject = dict[str, Any]

URL = "https://host.test/v1/chat/completions"


def read(*entries: object, key: str = "Providers") -> tuple[dict[str, Provider], list[str]]:
    issues: list[Issue] = []
    return read_providers({key: list(entries)}, issues), [str(issue) for issue in issues]


def one(**members: Any) -> tuple[Provider | None, list[str]]:
    entry = {"name": "p", "api_base_url": URL, "api_key": "k", **members}
    providers, problems = read(entry)
    return providers.get("p"), problems


@pytest.mark.parametrize("key", ["Providers", "providers"])
def test_both_spellings_of_the_list_are_read(key: str) -> None:
    providers, problems = read({"name": "p", "api_base_url": URL, "api_key": "k"}, key=key)

    assert list(providers) == ["p"]
    assert not problems


def test_an_empty_list_does_not_hide_the_other_spelling() -> None:
    entry = {"name": "p", "api_base_url": URL, "api_key": "k"}

    assert list(read_providers({"Providers": [], "providers": [entry]}, [])) == ["p"]


def test_the_later_of_two_with_one_name_counts_and_that_is_said() -> None:
    first = {"name": "p", "api_base_url": URL, "api_key": "1"}
    providers, problems = read(first, {**first, "api_key": "2"})

    assert providers["p"].api_key == "2"
    assert problems == [
        "Providers[1].name: 'p' is there twice. The later one counts; give each its own name."
    ]


def test_one_bad_provider_does_not_take_the_others_with_it() -> None:
    providers, problems = read("p", {"name": "q", "api_base_url": URL, "api_key": "k"})

    assert list(providers) == ["q"]
    assert problems == ["Providers[0]: found 'p'. An object is allowed."]


# -- address and key ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "host.test/v1",
        "ftp://host/x",
        "https://",
        "http://[::1",
        "http://host:99999/v1",
        "http://host:x",
        "$URL",
    ],
)
def test_an_address_that_is_none_is_named(url: str) -> None:
    provider, problems = one(api_base_url=url)

    assert provider is None
    assert problems[0].startswith("Providers[0].api_base_url: this is no address. ")
    assert ('Put "https://" in front of it.' in problems[0]) == (url == "host.test/v1")
    assert ("Give the whole address" in problems[0]) == (url != "host.test/v1")


@pytest.mark.parametrize(
    ("members", "is_missed"),
    [
        pytest.param({"api_key": "k"}, False, id="a key"),
        pytest.param({"api_key": ""}, True, id="an empty key"),
        pytest.param({"api_key": None}, True, id="no key"),
        pytest.param({"api_key": None, "auth": "none"}, False, id="none wanted"),
        pytest.param(
            {"api_key": "", "api_base_url": "http://localhost:1234/v1"}, False, id="localhost"
        ),
        pytest.param(
            {"api_key": "", "api_base_url": "http://127.0.0.1:1234/v1"}, False, id="127.0.0.1"
        ),
        pytest.param({"api_key": "", "api_base_url": "http://[::1]:1234/v1"}, False, id="::1"),
        pytest.param(
            {"api_key": "", "api_base_url": "http://192.168.1.9/v1"}, True, id="another machine"
        ),
    ],
)
def test_a_missing_key_is_a_warning_and_the_provider_stays(
    members: JsonObject, *, is_missed: bool
) -> None:
    provider, problems = one(**members)

    assert provider is not None
    assert any("there is no key" in problem for problem in problems) is is_missed


def test_a_key_that_is_no_text_is_not_repeated() -> None:
    assert one(api_key=123456)[1] == ["Providers[0].api_key: found no text. A text is allowed."]


# -- dialects ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        pytest.param({}, "openai-chat", id="nothing said"),
        pytest.param(
            {"api_base_url": "https://h.test", "dialect": "anthropic"}, "anthropic", id="said"
        ),
        pytest.param(
            {"dialect": "openai-chat", "api_base_url": "https://api.anthropic.com"},
            "openai-chat",
            id="said otherwise",
        ),
        pytest.param(
            {"api_base_url": "https://api.anthropic.com"}, "anthropic", id="Anthropic's host"
        ),
        pytest.param(
            {"api_base_url": "https://api.anthropic.com/v1/chat/completions"},
            "openai-chat",
            id="chat at Anthropic's host",
        ),
        pytest.param(
            {"api_base_url": "https://h.test/v1/messages"},
            "anthropic",
            id="the path ends in messages",
        ),
        pytest.param(
            {"api_base_url": "https://api.z.ai/api/anthropic"}, "anthropic", id="the path names it"
        ),
        pytest.param(
            {"api_base_url": "https://h.test/anthropic/v1/chat/completions"},
            "openai-chat",
            id="chat behind that path",
        ),
        pytest.param({"dialect": "openai-responses"}, "openai-responses", id="responses said"),
        pytest.param(
            {"api_base_url": "https://h.test/v1/responses"},
            "openai-responses",
            id="the path ends in responses",
        ),
        pytest.param(
            {"transformer": {"use": ["openai-responses"]}},
            "openai-responses",
            id="a transformer names it",
        ),
        pytest.param(
            {"api_base_url": "https://h.test/v1", "transformer": {"use": ["Anthropic"]}},
            "anthropic",
            id="the only transformer",
        ),
        pytest.param(
            {"transformer": {"use": ["OpenAI", "deepseek"]}}, "openai-chat", id="one of several"
        ),
    ],
)
def test_the_dialect_is_what_is_said_or_what_the_address_tells(
    members: JsonObject, expected: str
) -> None:
    provider, problems = one(**members)

    assert provider is not None
    assert provider.dialect == expected
    assert not problems


def test_a_dialect_of_another_version_is_a_warning() -> None:
    provider, problems = one(dialect="telepathy")

    assert provider is not None
    assert provider.dialect == "openai-chat"
    assert problems == [
        (
            "Providers[0].dialect: the dialect 'telepathy' is not part of this version."
            f" Allowed: {', '.join(BY_KEY['Providers[].dialect'].choices)}."
        )
    ]


# -- the rest ----------------------------------------------------------------------------------


def test_headers_timeouts_and_windows_are_read() -> None:
    provider, problems = one(
        headers={"X-A": "b"},
        timeout={"connect_s": 1, "idle_s": 2.5},
        context_windows={"m": "200000"},
        proxy_url="http://proxy:1",
    )

    assert not problems
    assert provider is not None
    assert provider.headers == {"X-A": "b"}
    assert provider.timeouts == Timeouts(connect_s=1.0, idle_s=2.5)
    assert provider.context_windows == {"m": 200000}
    assert provider.proxy_url == "http://proxy:1"


@pytest.mark.parametrize(
    ("members", "where"),
    [
        ({"headers": {"X": 5}}, "Providers[0].headers"),
        ({"headers": "X: y"}, "Providers[0].headers"),
        ({"timeout": {"idle_s": 0}}, "Providers[0].timeout.idle_s"),
        ({"timeout": {"idle_s": True}}, "Providers[0].timeout.idle_s"),
        ({"timeout": {"idle": 5}}, "Providers[0].timeout.idle"),
        ({"timeout": 5}, "Providers[0].timeout"),
        ({"context_windows": {"m": -1}}, "Providers[0].context_windows.m"),
        ({"models": "m"}, "Providers[0].models"),
        ({"models": ["m", 5]}, "Providers[0].models[1]"),
    ],
)
def test_a_wrong_member_is_named(members: JsonObject, where: str) -> None:
    _, problems = one(**members)

    assert [problem.partition(": ")[0] for problem in problems] == [where]


def test_the_text_of_a_reference_is_never_sent_as_a_key() -> None:
    issues: list[Issue] = []
    entry = {"name": "p", "api_base_url": "https://h.test/v1", "api_key": "$UNSET_KEY"}

    found = read_providers({"Providers": [entry]}, issues)

    assert found["p"].api_key == ""


def test_a_model_without_a_name_is_named() -> None:
    provider, problems = one(models=["", "m", " "])

    assert provider
    assert provider.models == ("m",)
    assert [problem for problem in problems if "no name" in problem]
