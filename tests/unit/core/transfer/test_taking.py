"""What is offered of something found, and what taking it comes to."""

from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.core.transfer.found import Found, Origin
from ccr_desktop.core.transfer.items import Item, Kind
from ccr_desktop.core.transfer.offer import offer
from ccr_desktop.core.transfer.taking import Taken, store_taken, take
from ccr_desktop.errors import ClientError, ConfigError

KEY, OTHER = "sk-planted-0123456789", "sk-second-0123456789"
URL, EVIL = "https://api.example.com/v1/chat/completions", "https://evil.example.com/v1"


def entry(**members: Any) -> dict[str, Any]:
    return {"name": "a", "api_base_url": URL, "models": ["m"], **members}


def found(raw: dict[str, Any], origin: Origin = Origin.FILE) -> Found:
    return Found("Test", origin, raw)


def taken(raw: dict[str, Any], own: dict[str, Any], ticked: set[str] | None = None) -> Taken:
    made = offer(found(raw), own)
    return take(own, made, made.ticked if ticked is None else ticked)


def items(
    raw: dict[str, Any], own: dict[str, Any], origin: Origin = Origin.FILE
) -> dict[str, Item]:
    return {item.key: item for item in offer(found(raw, origin), own).items}


def test_a_whole_file_is_taken_as_it_is() -> None:
    raw = {
        "PORT": 4000,
        "Providers": [entry(api_key="$A"), entry(name="b", api_base_url="https://b.example.com")],
        "Router": {"default": "a,m", "longContextThreshold": 1},
        "fallback": {"default": ["b,m"]},
        "odd": {"kept": True},
    }
    made = offer(found(raw, Origin.HERE), {})

    assert take({}, made, made.ticked).raw == raw


def test_names_that_look_like_others_are_told_before_anything_is_taken() -> None:
    made = offer(found({"Providers": [entry(name="a\u202eb", models=["m\u200b"])]}), {})

    assert [issue.partition(" in it.")[0] for issue in made.issues] == [
        "Providers[0].name: has the invisible sign U+202E",
        "Providers[0].models[0]: has the invisible sign U+200B",
    ]


def test_keys_go_to_the_store_and_the_file_refers_to_them() -> None:
    raw = {"Providers": [entry(api_key=KEY, api_keys=[{"key": OTHER, "weight": 2}, "$THIRD"])]}

    result = taken(raw, {}, {"provider:a", "key:a"})

    assert result.keys == {"a": KEY, "a#2": OTHER}
    assert result.raw["Providers"][0]["api_key"] == "keyring:a"
    assert result.raw["Providers"][0]["api_keys"] == [
        {"key": "keyring:a#2", "weight": 2},
        "$THIRD",
    ]
    assert KEY not in repr(result)


def test_a_provider_can_be_taken_without_its_key() -> None:
    result = taken({"Providers": [entry(api_key=KEY)]}, {}, {"provider:a"})

    assert "api_key" not in result.raw["Providers"][0]
    assert not result.keys


def test_a_key_does_not_go_to_a_provider_at_another_address() -> None:
    own = {"Providers": [entry(api_base_url=EVIL)], "Router": {"default": "a,m"}}
    raw = {"Providers": [entry(api_key=KEY)]}

    with pytest.raises(ClientError, match="is for its provider"):
        taken(raw, own, {"key:a"})


def test_what_is_here_already_is_not_offered_again() -> None:
    own = {"Providers": [entry(api_key="keyring:a")], "Router": {"default": "a,m"}, "LOG": True}

    made = offer(found(own), own)

    assert made.items == ()
    assert made.same == 4


def test_nothing_of_your_own_is_replaced_without_a_tick() -> None:
    own = {"Providers": [entry()], "Router": {"default": "a,m"}, "PORT": 1}
    raw = {
        "Providers": [entry(api_base_url=EVIL)],
        "Router": {"default": "a,other"},
        "PORT": 2,
    }

    every = items(raw, own)

    assert not any(item.is_ticked for item in every.values())
    assert any(URL in line and "replaced" in line for line in every["provider:a"].warnings)
    assert any("a,m" in line for line in every["route:default"].warnings)


@pytest.mark.parametrize("origin", list(Origin))
def test_a_key_of_yours_is_not_replaced_without_a_tick(origin: Origin) -> None:
    own = {"Providers": [entry(api_key="keyring:a")]}

    made = items({"Providers": [entry(api_key=KEY)]}, own, origin)

    assert not made["key:a"].is_ticked
    assert made["key:a"].warnings == ("You have a key for it. It would be replaced.",)


def test_a_replaced_provider_does_not_take_the_old_key_to_another_address() -> None:
    own = {"Providers": [entry(api_key="keyring:a")], "Router": {"default": "a,m"}}

    elsewhere = taken({"Providers": [entry(api_base_url=EVIL)]}, own, {"provider:a"})
    same = taken({"Providers": [entry(models=["n"])]}, own, {"provider:a"})

    assert "api_key" not in elsewhere.raw["Providers"][0]
    assert same.raw["Providers"][0]["api_key"] == "keyring:a"


@pytest.mark.parametrize("reference", ["keyring:a", "$OPENAI_API_KEY", "${SECRET}"])
def test_a_file_does_not_get_what_is_stored_here_by_itself(reference: str) -> None:
    own = {"Providers": [entry(api_key="keyring:a")]}
    raw = {"Providers": [entry(name="b", api_base_url=EVIL, api_key=reference)]}

    key = items(raw, own)["key:b"]

    assert not key.is_ticked
    assert reference in key.warnings[0]
    assert EVIL in key.warnings[0]


def test_a_known_variable_at_its_own_address_is_no_danger() -> None:
    raw = {
        "Providers": [
            entry(api_base_url="https://api.deepseek.com/anthropic", api_key="$DEEPSEEK_API_KEY")
        ]
    }

    assert items(raw, {})["key:a"].is_ticked


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("CUSTOM_ROUTER_PATH", "/x.py", "code"),
        ("transformers", [{"path": "/x.py"}], "code"),
        ("HOST", "0.0.0.0", "Other devices"),
        ("PROXY_URL", "http://p.example.com", "go through it"),
        ("REWRITE_SYSTEM_PROMPT", "$HOME/p", "variables"),
    ],
)
def test_settings_of_a_file_that_can_harm_are_left_to_a_person(
    name: str, value: Any, word: str
) -> None:
    item = items({name: value}, {})[f"setting:{name}"]

    assert not item.is_ticked
    assert any(word in line for line in item.warnings)


def test_a_secret_is_neither_shown_nor_taken_unsaid() -> None:
    raw = {"APIKEY": "plain words 1", "Router": {"custom": {"token": "plain words 2"}}}
    own = {"APIKEY": "plain words 3"}

    every = items(raw, own)
    shown = repr([(item.title, item.detail, item.warnings) for item in every.values()])

    assert "plain words" not in shown
    assert items(raw, {})["setting:APIKEY"].is_ticked


def test_headers_a_proxy_and_variables_of_a_provider_are_said() -> None:
    raw = {
        "Providers": [
            entry(headers={"X-A": "$TOKEN"}, proxy_url="http://u:secretpass@p.example.com")
        ]
    }

    told = " ".join(items(raw, {})["provider:a"].warnings)

    assert "X-A" in told
    assert "$TOKEN" in told
    assert "secretpass" not in told


def test_who_wants_no_proxy_is_not_said_to_go_through_one() -> None:
    told = items({"Providers": [entry(proxy_url=" None ")], "PROXY_URL": "none"}, {})

    assert "Its requests go past the proxy, where you have one." in told["provider:a"].warnings
    assert told["setting:PROXY_URL"].warnings == ()


def test_what_opens_an_address_is_not_shown_with_it() -> None:
    url = "https://me:planted1@a.example.com/v1?x=1&key=planted2"

    item = items({"Providers": [entry(api_base_url=url)]}, {})["provider:a"]

    assert item.detail == "https://***@a.example.com/v1?x=1&key=***, 1 model"


def test_rules_and_routes_by_name_are_offered_by_their_names() -> None:
    rules = [{"name": "team blue", "route": "a,m"}, {"route": "a,m"}]
    router = {"rules": rules, "models": {"opus": ["a,m", "a,n"], "sonnet": "a,m"}}

    made = items({"Providers": [entry()], "Router": router}, {})

    assert made["route:rules"].detail == "2 rules: team blue, rule 2"
    assert made["route:models"].detail == "opus: a,m → a,n, sonnet: a,m"


def test_backup_models_are_told_in_words() -> None:
    one, other = {"default": ["a,m", "a,n"]}, {"default": ["b,m"], "think": "b,n"}
    made = items({"fallback": one}, {"fallback": other})

    item = made["setting:fallback"]
    assert item.detail == "default: a,m → a,n"
    assert "It would replace default: b,m, think: b,n." in item.warnings


def test_a_route_to_a_provider_that_is_not_there_is_said() -> None:
    route = items({"Router": {"think": "gone,m"}}, {})["route:think"]

    assert not route.is_ticked
    assert route.warnings == ("There is no provider gone.",)


def test_a_route_is_not_led_to_another_provider_of_the_name() -> None:
    here = entry(name="one", api_base_url=EVIL, models=["x"])
    raw = {"Providers": [here]}
    rules = [{"when": {"model": "*opus*"}, "route": "one,m"}]
    router = {"background": "One,m", "think": "One,x", "rules": rules, "agents": {"Plan": "One,m"}}

    made = offer(found({"Providers": [entry(name="One")], "Router": router}), raw)

    ticked = {item.name: item.is_ticked for item in made.items if item.kind is Kind.ROUTE}
    assert ticked == {"background": False, "think": True, "rules": False, "agents": False}
    warned = {item.name: item.warnings for item in made.items}
    assert warned["background"] == (
        "Your provider one is another and has no m: take that of the file, too.",
    )


def test_keys_from_before_providers_are_not_taken_where_they_do_nothing() -> None:
    old = {"OPENAI_API_KEY": "sk-old-0123456789", "OPENAI_BASE_URL": "https://old.example.com"}
    file = {**old, "Providers": [entry(name="One")], "usePlugins": ["x"]}

    made = offer(found(file), {})

    settings = {item.name: item for item in made.items if item.kind is Kind.SETTING}
    assert not settings["OPENAI_API_KEY"].is_ticked
    assert "It has no effect beside Providers." in settings["OPENAI_BASE_URL"].warnings
    assert settings["usePlugins"].warnings == (
        "There is no such setting here: it is kept, without effect.",
    )


def test_a_second_provider_of_a_name_can_not_hide_behind_the_first() -> None:
    raw = {"Providers": [entry(), entry(name=" A ", api_base_url=EVIL)]}

    made = offer(found(raw), {})

    assert [item.key for item in made.items] == ["provider:a"]
    assert EVIL not in repr(take({}, made, made.ticked).raw)
    assert any("twice" in line for line in made.needs_hand)


def test_of_several_providers_of_one_name_the_last_is_offered_as_it_counts() -> None:
    mine = {"Providers": [entry(api_key=KEY)]}
    raw = {"Providers": [entry(api_key=OTHER), entry(api_base_url=EVIL, models=["n"])]}

    made = offer(found(raw), {})

    assert [item.key for item in made.items] == ["provider:a"]
    (provider,) = take({}, made, made.ticked).raw["Providers"]
    assert (provider["api_base_url"], provider["models"]) == (EVIL, ["n"])
    assert offer(found(raw), mine).known == frozenset()  # its host is not that of mine


def test_the_first_provider_gets_the_default_route() -> None:
    assert taken({"Providers": [entry()]}, {}).raw["Router"] == {"default": "a,m"}


def test_all_of_it_is_one_change_that_fails_as_a_whole(tmp_path: Path) -> None:
    store = ConfigStore(tmp_path / "config.json", explicit=True, tolerant=True)
    secrets = MemorySecrets(a="the one before")
    good = taken({"Providers": [entry(api_key=KEY)]}, {})
    bad = Taken({"Providers": 3}, {"a": OTHER, "new": OTHER})

    moved = store_taken(good, store, secrets)
    with pytest.raises(ConfigError):
        store_taken(bad, store, secrets)

    assert secrets.get("a") == KEY
    assert secrets.get("new") is None
    assert moved.stored_before == {"a": "the one before"}
    assert store.config.raw["Providers"][0]["api_key"] == "keyring:a"


@pytest.mark.parametrize(
    "router",
    [
        {"default": "a,keyring:openai"},
        {"agents": {"Explore": "a,$HOME"}},
        {"rules": [{"route": "a,m", "set": {"metadata.note": "keyring: openai"}}]},
    ],
    ids=["route", "agent", "rule"],
)
def test_a_route_that_takes_along_what_is_stored_here_is_said(router: dict[str, Any]) -> None:
    provider = {"name": "a", "api_base_url": "https://a.example.com/v1", "models": ["m"]}

    made = offer(found({"Providers": [provider], "Router": router}), {})

    (item,) = (item for item in made.items if item.kind is Kind.ROUTE)
    assert any("what stands behind" in line for line in item.warnings)
    assert not item.is_ticked


def test_a_space_does_not_hide_a_stored_key() -> None:
    provider = {"name": "a", "api_base_url": "https://a.example.com/v1"}

    raw = {"Providers": [{**provider, "models": ["keyring: openai"]}]}
    made = offer(found(raw, Origin.LINK), {})

    assert made.ticked == frozenset()


class Watched(dict[str, Any]):
    """Counts how often it is copied as a part of the configuration."""

    copies = 0

    def __deepcopy__(self, _memo: object) -> "Watched":
        self.copies += 1
        return self


def test_much_is_taken_with_as_few_copies_as_little() -> None:
    """A file of 300 providers with 300 models each took more than a minute."""
    watched = Watched(kept=True)
    mine = [entry(name=f"p{number}", api_key="$OLD") for number in range(0, 40, 2)]
    theirs = [entry(name=f"P{number}", models=["n"], api_key="$NEW") for number in range(40)]
    own = {"odd": watched, "Providers": mine, "Router": {"default": "p0,m"}}
    made = offer(found({"Providers": theirs, "Router": {"think": "P1,n"}}), own)
    ticked = {item.key for item in made.items}

    result = take(own, made, ticked, keys_in_file=True)
    copies = watched.copies
    one_by_one = own
    for item in made.items:
        along = {item.key, item.key.replace("provider:", "key:")}
        if item.kind is not Kind.KEY:
            one_by_one = take(one_by_one, made, along & ticked, keys_in_file=True).raw

    assert copies <= 2
    assert len(made.items) == 81
    assert result.raw == one_by_one
    assert [*result.raw] == [*one_by_one]
    assert [one["name"] for one in own["Providers"]] == [one["name"] for one in mine]
    assert all(one["api_key"] == "$OLD" for one in own["Providers"])
