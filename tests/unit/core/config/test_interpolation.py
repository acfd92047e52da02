"""References to environment variables."""

from typing import Any

import pytest

from ccr_desktop.core.config.interpolation import interpolate
from ccr_desktop.core.config.issues import Issue

ENVIRONMENT = {"KEY": "secret", "HOST_2": "host", "lower": "small", "EMPTY": "", "NESTED": "$KEY"}


def replaced(value: Any) -> Any:
    issues: list[Issue] = []
    found = interpolate(value, ENVIRONMENT, issues)
    assert not issues
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$KEY", "secret"),
        ("${KEY}", "secret"),
        ("Bearer $KEY!", "Bearer secret!"),
        ("https://$HOST_2/${KEY}/$KEY", "https://host/secret/secret"),
        ("${lower}", "small"),
        ("$lower", "$lower"),
        ("$5 and $", "$5 and $"),
        ("$NESTED", "$KEY"),
        ("", ""),
    ],
)
def test_references_are_replaced_and_other_text_stays(text: str, expected: str) -> None:
    assert replaced(text) == expected


def test_references_are_replaced_at_any_depth_but_not_in_keys() -> None:
    value = {"$KEY": [{"a": ["$KEY", 5, None, True]}]}

    assert replaced(value) == {"$KEY": [{"a": ["secret", 5, None, True]}]}
    assert value == {"$KEY": [{"a": ["$KEY", 5, None, True]}]}


@pytest.mark.parametrize("name", ["MISSING", "EMPTY"])
@pytest.mark.parametrize("form", ["$%s", "${%s}"])
def test_a_variable_that_is_not_set_stays_and_is_reported_with_its_place(
    form: str, name: str
) -> None:
    text = form % name
    issues: list[Issue] = []

    found = interpolate({"Providers": [{"api_key": text}]}, ENVIRONMENT, issues)

    assert found == {"Providers": [{"api_key": text}]}
    assert [str(issue) for issue in issues] == [
        (
            f"Providers[0].api_key: the environment variable {name} is not set."
            f" Set {name}, or write the value."
        )
    ]
    assert issues[0].severity == "warning"
