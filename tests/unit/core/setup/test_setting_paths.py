"""Settings by their path: parts, names with dots, and what stays as it was."""

from typing import Any

import pytest

from ccr_desktop.core.setup.setting_paths import find_path, value_at, with_value_at
from ccr_desktop.errors import ClientError

RAW: dict[str, Any] = {
    "providers": [{"name": "a.b", "headers": {"X-One": "1"}}],
    "Desktop": {"theme": "dark"},
    "StatusLine": {"default": {"modules": []}},
    "other": 1,
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Desktop.theme", "dark"),
        ("Providers[a.b].headers.X-One", "1"),
        ("Providers[A.B].headers[X-One]", "1"),
        ("Providers[0].name", "a.b"),
        ("StatusLine.default.modules", []),
        ("Router.default", None),
        ("Providers[7].name", None),
    ],
)
def test_a_path_leads_to_a_value(text: str, value: Any) -> None:
    assert value_at(RAW, find_path(text)) == value


@pytest.mark.parametrize("text", ["", "Desktop..theme", "Desktop[theme", "nothing", "Router.nope"])
def test_a_path_to_nothing_that_is_declared_is_refused(text: str) -> None:
    with pytest.raises(ClientError):
        find_path(text)


def test_the_rest_of_the_file_stays() -> None:
    path = find_path("Providers[a.b].timeout.idle_s")

    new = with_value_at(RAW, path, 5)

    assert new["providers"][0] == {**RAW["providers"][0], "timeout": {"idle_s": 5}}
    assert {**new, "providers": RAW["providers"]} == RAW
    assert with_value_at(new, path, None) == RAW
