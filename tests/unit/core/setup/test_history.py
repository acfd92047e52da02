"""What the file was, and what changed in between, without secrets."""

import contextlib
import os
import time
from pathlib import Path

import pytest

from ccr_desktop.core.config.origins import Origin, Source
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.setup.history import State, compare, find_state, last_good, states_of
from ccr_desktop.core.setup.masked_text import masked_text
from ccr_desktop.core.setup.setting_changes import MISSING, changed_settings
from ccr_desktop.errors import ClientError, ConfigError

KEY = "sk-ant-REDACTED"
OTHER_KEY = "sk-ant-api03-another-9876543210"


def state(text: str) -> State:
    return State("", Origin(), None, None, len(text), text.encode())


def provider(**members: object) -> dict[str, object]:
    return {"name": "p", "api_key": KEY, "models": ["a"], **members}


def changes(old: dict[str, object], new: dict[str, object]) -> list[tuple[str, object, object]]:
    return [(found.where, found.before, found.after) for found in changed_settings(old, new)]


def test_settings_are_compared_one_by_one() -> None:
    old = {"PORT": 1, "Router": {"default": "p,a", "think": "p,b"}, "LOG": True}
    new = {"Router": {"default": ["p,b"], "think": "p,b", "image": "p,c"}, "LOG": 1}

    assert changes(old, new) == [
        ("Router.default", "p,a", ["p,b"]),
        ("Router.image", MISSING, "p,c"),
        ("LOG", True, 1),
        ("PORT", 1, MISSING),
    ]


def test_a_number_and_a_switch_are_never_the_same() -> None:
    options = [{"path": "/a.py", "options": {"on": [1, {"deep": True}], "level": 0}}]
    other = [{"path": "/a.py", "options": {"on": [1, {"deep": 1}], "level": 0.0}}]

    assert changes({"transformers": options}, {"transformers": other}) == [
        ("transformers./a.py.options.on", [1, {"deep": True}], [1, {"deep": 1}]),
        ("transformers./a.py.options.level", 0, 0.0),
    ]
    assert changes({"of": [{"on": True}, {}]}, {"of": [{"on": 1}, {}]}) == [("of[0].on", True, 1)]


def test_what_has_a_name_is_followed_through_its_list() -> None:
    one, two = provider(), provider(name="q")

    assert changes({"Providers": [one, two]}, {"Providers": [two, {**one, "models": []}]}) == [
        ("Providers.p.models", ["a"], []),
        ("Providers.order", ["p", "q"], ["q", "p"]),
    ]
    gone = changed_settings({"Providers": [one, two]}, {"Providers": [one]})
    assert [(change.where, change.after) for change in gone] == [("Providers.q", MISSING)]


def test_of_an_own_file_only_the_option_that_changed_is_told() -> None:
    entry = {"path": "/a.py", "options": {"level": 1, "token": KEY, "mine": [1, 2]}}
    other = {"path": "/b.py"}
    changed = {**entry, "options": {**entry["options"], "level": 2, "token": OTHER_KEY}}

    assert changes({"transformers": [entry, other]}, {"transformers": [other, changed]}) == [
        ("transformers./a.py.options.level", 1, 2),
        ("transformers./a.py.options.token", "***", "***"),
        ("transformers.order", ["/a.py", "/b.py"], ["/b.py", "/a.py"]),
    ]


def test_of_a_transformer_in_use_only_the_option_that_changed_is_told() -> None:
    def using(*use: object) -> dict[str, object]:
        return {"Providers": [provider(transformer={"use": [*use], "m": {"use": ["x"]}})]}

    assert changes(
        using("tooluse", ["maxtoken", {"max_tokens": 1, "a": 1}], ["old", {}]),
        using(["maxtoken", {"max_tokens": 2, "a": 1}], ["tooluse", {"b": 3}]),
    ) == [
        ("Providers.p.transformer.use.maxtoken.max_tokens", 1, 2),
        ("Providers.p.transformer.use.tooluse.b", MISSING, 3),
        ("Providers.p.transformer.use.old", {}, MISSING),
        ("Providers.p.transformer.use.order", ["tooluse", "maxtoken"], ["maxtoken", "tooluse"]),
    ]


def test_of_a_rule_without_a_name_only_what_changed_is_told() -> None:
    rules = [{"route": "p,a"}, {"when": {"folder": "/x"}, "route": "p,b"}]
    changed = [rules[0], {**rules[1], "when": {"folder": "/y"}}]

    def of(entries: object) -> dict[str, object]:
        return {"Router": {"rules": entries}}

    assert changes(of(rules), of(changed)) == [("Router.rules[1].when.folder", "/x", "/y")]
    assert changes(of(rules), of(rules[::-1])) == [("Router.rules", rules, rules[::-1])]


def test_what_is_secret_by_a_name_further_above_is_not_shown() -> None:
    def of(value: str) -> dict[str, object]:
        keys = [{"name": "one", "value": value}]
        return {"Providers": [provider(name="my-token-shop", api_keys=keys)]}

    (change,) = changed_settings(of("plain-one"), of("plain-two"))

    assert (change.before, change.after, change.is_secret) == ("***", "***", True)
    (models,) = changed_settings(
        {"Providers": [provider(name="my-token-shop")]},
        {"Providers": [provider(name="my-token-shop", models=["b"])]},
    )
    assert (models.before, models.after) == (["a"], ["b"])


def test_a_key_that_is_another_one_is_told_and_not_shown() -> None:
    old, new = {"Providers": [provider()]}, {"Providers": [provider(api_key=OTHER_KEY)]}

    (change,) = changed_settings(old, new)

    assert (change.where, change.is_secret) == ("Providers.p.api_key", True)
    assert (change.before, change.after) == ("***", "***")
    (moved,) = changed_settings(old, {"Providers": [provider(api_key="keyring:p")]})
    assert (moved.before, moved.after, moved.is_secret) == ("***", "keyring:p", False)
    (brought,) = changed_settings({}, new)
    assert OTHER_KEY not in str(brought)


def test_a_text_is_shown_without_secrets_and_else_as_it_is() -> None:
    text = f"""{{ // {KEY} was here
  Providers: [
    {{ name: 'p', api_key: '{KEY}', api_keys: ["$A", "secret-of-two"], p_url: "http://u:pw@h" }},
  ],
  "APIKEY": "mine"
}}"""

    masked = masked_text(text)

    for secret in (KEY, "secret-of-two", "u:pw", "mine"):
        assert secret not in masked
    assert """{ name: 'p', api_key: "***", api_keys: ["$A", "***"], p_url: "***" },""" in masked
    assert masked.count("\n") == text.count("\n")


def test_a_text_that_is_not_right_is_masked_too() -> None:
    assert KEY not in masked_text(f'{{ "api_key": "{KEY}", "Providers": [ {{ "api_key": "{KEY}"')


def test_texts_are_compared_where_one_cannot_be_read() -> None:
    found = compare(state('{\n  "PORT": 1\n}'), state('{\n  "PORT": 1'))

    assert not found.is_readable
    assert "-}" in found.lines


def test_lines_and_settings_are_compared() -> None:
    found = compare(state('{\n  "PORT": 1, // one\n}'), state('{\n  "PORT": 2, // two\n}'))

    assert [change.where for change in found.changes] == ["PORT"]
    assert '-  "PORT": 1, // one' in found.lines
    assert '+  "PORT": 2, // two' in found.lines


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ConfigStore:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path))
    return ConfigStore(tmp_path / "config.json", explicit=True, tolerant=True, environment={})


def test_the_states_begin_with_the_present_one(store: ConfigStore) -> None:
    for port in (4000, 4001, 4002):
        with store.noting(Origin(Source.WINDOW, f"Port: {port}")):
            store.save({"PORT": port})

    states = states_of(store)

    assert [found.origin.words for found in states] == ["Port: 4002", "Port: 4001", "Port: 4000"]
    assert [found.is_present for found in states] == [True, False, False]
    assert all(found.made_at for found in states)
    assert find_state(states, "0") is states[0]
    assert find_state(states, "2") is find_state(states, states[2].name) is states[2]
    with pytest.raises(ClientError, match="There is no version '3'"):
        find_state(states, "3")


def test_what_is_in_force_is_what_counts_and_not_what_the_file_says(store: ConfigStore) -> None:
    store.save({"PORT": 4000})
    store.save({"PORT": 4001})
    assert [found.is_in_force for found in states_of(store)] == [True, False]

    store.save_path.write_text('{"PORT": ', encoding="utf-8")
    with pytest.raises(ConfigError):
        store.reload()

    assert [found.is_in_force for found in states_of(store)] == [False, True, False]


def test_without_a_file_there_is_no_state(store: ConfigStore) -> None:
    assert states_of(store) == []


def test_a_state_that_goes_while_the_states_are_read_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "home"))
    store = ConfigStore(tmp_path / "config.json", explicit=True, environment={}, tolerant=True)
    for number in range(4):
        store.save({"own": number})
    listed = store.versions()
    monkeypatch.setattr(store, "versions", lambda: listed)
    for file in (tmp_path / "home").rglob(f"{listed[-1].name}*"):
        file.unlink()

    names = [found.name for found in states_of(store)]

    assert names == ["", *(version.name for version in listed[:-1])]


def test_the_last_good_state_is_the_newest_that_can_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "home"))
    path = tmp_path / "config.json"
    path.write_text('{"PORT": 4001, "Providers": []}')
    store = ConfigStore(path, explicit=True, environment={}, tolerant=True)
    assert last_good(store) is None
    for text in ('{"PORT": 4002}', '{"PORT": ', '{"PORT": "x"}'):
        path.write_text(text)
        with contextlib.suppress(ConfigError):
            store.reload()

    found = last_good(store)

    assert found
    assert found.data == b'{"PORT": 4002}'


def test_an_edit_while_nothing_ran_has_the_time_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "home"))
    path = tmp_path / "config.json"
    store = ConfigStore(path, explicit=True, environment={}, tolerant=True)
    for port in (4000, 4001):
        store.save({"PORT": port})
    edited_at = time.time()
    _written_at(path, '{"PORT": 4002}', edited_at)

    store = ConfigStore(path, explicit=True, environment={})
    present = states_of(store)[0]
    store.save({"PORT": 4003})
    former = states_of(store)[1]

    for state in (present, former):
        assert (state.origin.source, state.data) == (Source.FILE, b'{"PORT": 4002}')
        assert state.made_at
        assert state.made_at.timestamp() == pytest.approx(edited_at, abs=0.001)


def test_a_file_from_before_is_not_older_than_what_it_replaced(store: ConfigStore) -> None:
    for port in (4000, 4001):
        store.save({"PORT": port})
    _written_at(store.save_path, '{"PORT": 4002}', 1_000_000_000)
    store.reload()

    present, before, *_ = states_of(store)

    assert present.made_at == before.until


def _written_at(path: Path, text: str, at_s: float) -> None:
    path.write_text(text)
    os.utime(path, (at_s, at_s))


def test_a_list_in_the_place_of_a_key_is_no_name() -> None:
    old = {"Providers": [{"name": "p", "api_keys": [["first-one"], ["second-one"]]}]}
    new = {"Providers": [{"name": "p", "api_keys": [["first-one"], ["third-one"]]}]}

    [change] = changed_settings(old, new)

    assert change.path == ("Providers", "p", "api_keys")
    assert change.is_secret
    assert "third-one" not in str(change)
