"""The list of keys for devices, changed: all else in it stays."""

from datetime import date

import pytest

from ccr_desktop.core.config.interpolation import interpolate, look_up
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.core.setup.device_keys import checked_device, with_device, without_device
from ccr_desktop.core.setup.key_references import setting_referring
from ccr_desktop.errors import ClientError

PHONE = {"ClientKeys": [{"name": " phone", "key": "k"}]}
OLD = {"name": "old", "key": "$OLD", "mine": 1}


def test_a_new_one_stands_behind_the_others() -> None:
    raw = {"APIKEY": "$K", "ClientKeys": [OLD]}

    new = with_device(raw, "phone", "client-key/phone", date(2027, 3, 31))

    phone = {"name": "phone", "key": "keyring:client-key/phone", "expires": "2027-03-31"}
    assert new == {"APIKEY": "$K", "ClientKeys": [OLD, phone]}
    assert raw == {"APIKEY": "$K", "ClientKeys": [OLD]}


def test_the_last_one_takes_the_list_with_it() -> None:
    raw = with_device(with_device({}, "a", "in-store"), "b", "b")

    assert without_device(raw, "a")["ClientKeys"] == [{"name": "b", "key": "keyring:b"}]
    assert without_device(without_device(raw, "a"), "b") == {}
    assert without_device({"ClientKeys": [3, {"name": 4}]}, "a")["ClientKeys"] == [3, {"name": 4}]


@pytest.mark.parametrize("text", ["", "  ", "Phone", " pHone "])
def test_a_device_has_a_name_of_its_own(text: str) -> None:
    with pytest.raises(ClientError):
        checked_device(text, PHONE)


@pytest.mark.parametrize("text", ["$HOME", "my ${PHONE}", "keyring:phone", "my\u202ephone", "a\0b"])
def test_a_name_says_what_can_be_seen_and_stands_for_nothing_else(text: str) -> None:
    with pytest.raises(ClientError):
        checked_device(text, PHONE)


@pytest.mark.parametrize("text", ['a/b: "c"', "平板", "for $5", "n" * 80])
def test_a_name_may_have_any_other_signs(text: str) -> None:
    assert checked_device(text, {"ClientKeys": [3, {"name": 4}]}) == text


def test_a_name_is_taken_without_the_spaces_around_it() -> None:
    assert checked_device("  my   phone ", PHONE) == "my phone"


def test_keys_that_were_brought_go_to_the_store() -> None:
    keys: dict[str, str] = {}
    brought = [{"name": "a", "key": "secret-a"}, {"name": "b", "key": "$B"}, "c"]

    new = setting_referring("ClientKeys", brought, keys)

    assert new == [{"name": "a", "key": "keyring:client-key/a"}, {"name": "b", "key": "$B"}, "c"]
    assert keys == {"client-key/a": "secret-a"}
    assert setting_referring("LOG", "true", keys) == "true"


def test_each_key_that_was_brought_has_a_name_of_its_own_in_the_store() -> None:
    keys: dict[str, str] = {}
    brought = [
        {"name": "a", "key": "secret-1"},
        {"name": "A", "key": "secret-2"},
        {"name": "b", "key": "secret-3"},
        {"name": "lent", "key": "keyring:client-key/b"},
    ]

    new = setting_referring("ClientKeys", brought, keys)

    assert [entry["key"] for entry in new] == [
        "keyring:client-key/a",
        "keyring:client-key/A#2",
        "keyring:client-key/b#2",
        "keyring:client-key/b",
    ]
    assert [*keys.values()] == ["secret-1", "secret-2", "secret-3"]


@pytest.mark.parametrize("name", ["  my   phone ", "$HOME", "for ${X} $5"])
def test_the_reference_to_a_key_that_was_brought_leads_to_it(name: str) -> None:
    keys: dict[str, str] = {}
    new = setting_referring("ClientKeys", [{"name": name, "key": "secret"}], keys)

    issues: list[Issue] = []
    read = interpolate(new[0]["key"], {"HOME": "/home/me"}, issues)

    assert look_up(read, MemorySecrets(**keys), issues) == "secret"
    assert issues == []


def test_one_without_a_key_stays_without() -> None:
    assert setting_referring("ClientKeys", [{"name": "a"}], {}) == [{"name": "a"}]
