"""Keys of single devices: what is read, and what is wrong with the rest."""

from datetime import date
from typing import Any

import pytest

from ccr_desktop.core.config.client_keys import read_client_keys
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.schema import ClientKey

SECRET = "ccr-planted-secret"  # of a test


def read(found: Any, api_key: str = "k") -> tuple[tuple[ClientKey, ...], list[Issue]]:
    issues: list[Issue] = []
    return read_client_keys(found, api_key, issues), issues


@pytest.mark.parametrize("found", [None, "", []])
def test_there_may_be_none(found: Any) -> None:
    assert read(found, "") == ((), [])


def test_an_entry_has_a_name_a_key_and_perhaps_a_last_day() -> None:
    keys, issues = read(
        [
            {"name": " phone ", "key": SECRET},
            {"name": "laptop", "key": "k2", "expires": "2027-03-31"},
        ]
    )

    assert issues == []
    assert keys == (
        ClientKey(name="phone", key=SECRET),
        ClientKey(name="laptop", key="k2", expires=date(2027, 3, 31)),
    )


@pytest.mark.parametrize(
    ("found", "where"),
    [
        (SECRET, "ClientKeys"),
        ({"name": "a", "key": SECRET}, "ClientKeys"),
        ([SECRET], "ClientKeys[0]"),
        ([{"key": SECRET}], "ClientKeys[0].name"),
        ([{"name": "", "key": SECRET}], "ClientKeys[0].name"),
        ([{"name": "a", "key": " "}], "ClientKeys[0].key"),
        ([{"name": "a", "key": [SECRET]}], "ClientKeys[0].key"),
        ([{"name": "a", "key": SECRET, "expires": "2027-02-30"}], "ClientKeys[0].expires"),
        ([{"name": "a", "key": SECRET, "expires": 2027}], "ClientKeys[0].expires"),
        ([{"name": "a", "key": SECRET, "expires": "31.3.2027"}], "ClientKeys[0].expires"),
    ],
    ids=str,
)
def test_what_can_not_be_used_is_told_without_the_key(found: Any, where: str) -> None:
    keys, issues = read(found)

    assert keys == ()
    assert [(issue.where, issue.severity) for issue in issues] == [(where, "error")]
    assert SECRET not in str(issues)


def test_two_of_a_name_count_both() -> None:
    keys, issues = read([{"name": "a", "key": "1"}, {"name": "a", "key": "2"}])

    assert [key.key for key in keys] == ["1", "2"]
    assert [(issue.where, issue.severity) for issue in issues] == [
        ("ClientKeys[1].name", "warning")
    ]


def test_without_the_key_of_all_they_have_no_effect() -> None:
    _, issues = read([{"name": "a", "key": "1"}], api_key="")

    assert [(issue.where, issue.severity) for issue in issues] == [("ClientKeys", "warning")]


def test_a_misspelled_member_is_told() -> None:
    _, issues = read([{"name": "a", "key": "1", "expire": "2027-01-01"}])

    assert [issue.where for issue in issues] == ["ClientKeys[0].expire"]
