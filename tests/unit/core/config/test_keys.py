"""Keys, pools of keys, and what is no key."""

from typing import Any

import pytest

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.keys import Keys, read_keys
from ccr_desktop.core.config.schema import PoolKey

URL = "https://host.test/v1"
LOCAL = "http://localhost:11434/v1"


def read(url: str = URL, **entry: Any) -> tuple[Keys, dict[str, str]]:
    issues: list[Issue] = []
    keys = read_keys(entry, url, "P", issues)
    return keys, {issue.where: str(issue) for issue in issues}


def test_a_key_is_trimmed() -> None:
    assert read(api_key=" sk-1\n")[0] == Keys("sk-1")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sk-xxx", "placeholder"),
        ("sk-xxxxxxxxxxxxxxxx", "placeholder"),
        ("sk-or-v1-xxx", "placeholder"),
        ("sk-...", "placeholder"),
        ("xxxx-xxxx", "placeholder"),
        ("your-api-key", "placeholder"),
        ("YOUR_API_KEY", "placeholder"),
        ("sk-your-key-here", "placeholder"),
        ("<key>", "placeholder"),
        ("secret-key-here", "placeholder"),
        ("change-me", "placeholder"),
        ("https://openrouter.ai/api/v1", "an address"),
        ("Bearer sk-1", "the word Bearer"),
        ("sk-1 # mine", "a space"),
    ],
)
def test_what_is_no_key_is_said_and_sent_all_the_same(text: str, said: str) -> None:
    keys, problems = read(api_key=text)

    assert said in problems["P.api_key"]
    assert text not in problems["P.api_key"]
    assert keys == Keys(text)


@pytest.mark.parametrize("text", ["sk-1\nsk-2", "sk-ü", "sk-\u200b1"])
def test_what_no_header_can_hold_is_not_sent(text: str) -> None:
    keys, problems = read(api_key=text)

    assert "a line end or a character that no key has" in problems["P.api_key"]
    assert keys.first == ""
    assert keys.problem.startswith("P.api_key: ")


@pytest.mark.parametrize(
    "text", ["k", "sk-proj-abc_DEF-123", "gsk_xylophone", "ollama", "key", "x"]
)
def test_other_texts_are_keys(text: str) -> None:
    assert read(api_key=text) == (Keys(text), {})


@pytest.mark.parametrize("text", ["sk-xxx", "your-api-key", "not needed"])
def test_a_server_on_this_machine_may_get_anything(text: str) -> None:
    assert read(LOCAL, api_key=text) == (Keys(text), {})


@pytest.mark.parametrize("auth", ["none", "None"])
def test_a_server_may_want_no_key(auth: str) -> None:
    assert read(auth=auth) == (Keys(), {})


@pytest.mark.parametrize("auth", ["basic", 5, ["none"]])
def test_another_kind_of_authentication_is_named(auth: object) -> None:
    assert "P.auth" in read(auth=auth, api_key="k")[1]


@pytest.mark.parametrize("text", ["$MISSING", "${MISSING}", "keyring:p"])
def test_a_reference_without_an_end_says_why_requests_fail(text: str) -> None:
    issues = [Issue("P.api_key", "nothing is there.", "Do something.", "warning")]

    keys = read_keys({"api_key": text}, URL, "P", issues)

    assert keys == Keys(problem="P.api_key: nothing is there. Do something.")
    assert len(issues) == 1


def test_a_local_server_needs_no_variable_but_does_need_what_the_keyring_should_hold() -> None:
    assert read(LOCAL, api_key="$MISSING")[0] == Keys()
    assert read(LOCAL, api_key="keyring:p")[0].problem


# -- pools -------------------------------------------------------------------------------------


def test_a_pool_is_a_list_of_keys_with_weights_and_limits() -> None:
    keys, problems = read(
        api_keys=[
            "sk-1",
            {"key": " sk-2 ", "weight": 2, "limit_per_minute": 60},
            {"key": "sk-3", "weight": "0.5", "limit_per_minute": "10"},
        ]
    )

    assert keys.pool == (PoolKey("sk-1"), PoolKey("sk-2", 2.0, 60), PoolKey("sk-3", 0.5, 10))
    assert keys.first == "sk-1"
    assert not problems


def test_a_single_key_beside_a_pool_is_its_first() -> None:
    keys, _ = read(api_key="sk-0", api_keys=["sk-1", "sk-0"])

    assert keys.pool == (PoolKey("sk-0"), PoolKey("sk-1"))
    assert keys.first == "sk-0"


def test_keys_of_a_pool_know_their_places_in_the_list() -> None:
    keys, _ = read(api_key="sk-0", api_keys=["$MISSING", "sk-0", {"key": "sk-3"}])

    assert [(key.key, key.number) for key in keys.pool] == [("sk-0", 0), ("sk-3", 3)]


def test_one_bad_key_does_not_take_the_pool_with_it() -> None:
    keys, problems = read(api_keys=["$MISSING", {"key": "sk-2", "weight": 0}, 5, {"weight": 1}])

    assert keys.pool == (PoolKey("sk-2"),)
    assert set(problems) == {"P.api_keys[1].weight", "P.api_keys[2]", "P.api_keys[3].key"}


@pytest.mark.parametrize(
    ("entry", "where"),
    [
        ({"api_keys": "sk-secret"}, "P.api_keys"),
        ({"api_keys": {"key": "sk-secret"}}, "P.api_keys"),
        ({"api_keys": [["sk-secret"]]}, "P.api_keys[0]"),
        ({"api_keys": [{"key": ["sk-secret"]}]}, "P.api_keys[0].key"),
        (
            {"api_keys": [{"key": "sk-secret", "limit_per_minute": 1.5}]},
            "P.api_keys[0].limit_per_minute",
        ),
        ({"api_keys": [{"key": "sk-secret", "wieght": 1}]}, "P.api_keys[0].wieght"),
        ({"api_key": 12345678}, "P.api_key"),
    ],
)
def test_what_is_wrong_has_its_place_and_shows_no_secret(entry: Any, where: str) -> None:
    keys, problems = read(**entry)

    assert where in problems
    assert "secret" not in str(problems)
    assert "secret" not in repr(keys)


def test_a_line_end_in_a_key_is_named_for_local_servers_too() -> None:
    keys, problems = read("http://127.0.0.1:1/v1", api_key="a\r\nb")

    assert keys.first == ""
    assert "line end" in problems["P.api_key"]
