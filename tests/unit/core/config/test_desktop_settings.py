"""Reading `Desktop`: what is said counts, what is wrong is a warning, what is unknown is kept."""

from typing import Any

import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import (
    NOTIFICATIONS,
    UPDATE_SOURCE,
    Config,
    DesktopSettings,
    Route,
)
from ccr_desktop.core.config.settings import keys_of

PROVIDER = {"name": "p", "api_base_url": "https://h.test/v1", "api_key": "k", "models": ["m"]}


def read(desktop: Any) -> Config:
    raw = {"Providers": [PROVIDER], "Router": {"default": "p,m"}, "Desktop": desktop}
    return read_config(raw, None, {})


def test_what_is_said_counts() -> None:
    config = read(
        {
            "theme": "Dark",
            "language": "zh_cn",
            "startHidden": "true",
            "onClose": "quit",
            "terminal": " kitty ",
            "serviceThread": True,
            "notifications": {"backToNormal": True, "budget": False},
            "favourites": ["P, m"],
        }
    )

    assert config.issues == ()
    assert config.desktop == DesktopSettings(
        theme="dark",
        language="zh_CN",
        start_hidden=True,
        on_close="quit",
        terminal="kitty",
        service_thread=True,
        notifications={**NOTIFICATIONS, "backToNormal": True, "budget": False},
        favourites=(Route("p", "m"),),
    )


@pytest.mark.parametrize("nothing", [None, {}, "", {"theme": None, "notifications": {}}])
def test_without_a_word_the_usual_holds(nothing: Any) -> None:
    config = read(nothing)

    assert (config.desktop, config.issues) == (DesktopSettings(), ())


@pytest.mark.parametrize(
    ("desktop", "where"),
    [
        ("dark", "Desktop"),
        ({"theme": "pink"}, "Desktop.theme"),
        ({"theme": 5}, "Desktop.theme"),
        ({"startHidden": "perhaps"}, "Desktop.startHidden"),
        ({"onClose": "explode"}, "Desktop.onClose"),
        ({"notifications": True}, "Desktop.notifications"),
        ({"notifications": {"budget": "sometimes"}}, "Desktop.notifications.budget"),
        ({"notifications": {"bugdet": True}}, "Desktop.notifications.bugdet"),
        ({"favourites": ["nobody,x"]}, "Desktop.favourites[0]"),
        ({"them": "dark"}, "Desktop.them"),
    ],
)
def test_a_mistake_is_a_warning_with_its_place(desktop: Any, where: str) -> None:
    config = read(desktop)

    (issue,) = config.issues
    assert (issue.where, issue.severity) == (where, "warning")
    assert issue.hint
    assert config.desktop == DesktopSettings()
    assert config.raw["Desktop"] == desktop


@pytest.mark.parametrize(
    "source",
    [
        "nonsense",
        "http://updates.example.com/x",
        "https://",
        "https://[/x",
        "ftp://h.test/x",
        " ",
        5,
    ],
)
def test_a_place_of_new_versions_that_cant_be_used_is_no_other_place(source: Any) -> None:
    config = read({"updateSource": source})

    (issue,) = config.issues
    assert (issue.where, issue.severity) == ("Desktop.updateSource", "warning")
    assert repr(source) in issue.problem
    assert "https://" in issue.hint
    assert config.desktop.update_source == ""


def test_a_place_of_new_versions_in_a_variable_that_is_not_set_is_no_other_place() -> None:
    config = read({"updateSource": "$MIRROR"})

    assert [issue.where for issue in config.issues] == ["Desktop.updateSource"]
    assert config.desktop.update_source == ""


@pytest.mark.parametrize(
    ("source", "place"),
    [
        (None, UPDATE_SOURCE),
        ("", UPDATE_SOURCE),
        (" https://u.example.com/x ", "https://u.example.com/x"),
        ("http://127.0.0.1:9/x", "http://127.0.0.1:9/x"),
    ],
)
def test_new_versions_are_looked_for_where_the_file_says(source: Any, place: str) -> None:
    config = read({"updateSource": source})

    assert (config.issues, config.desktop.update_source) == ((), place)


def test_each_kind_of_notification_is_a_setting() -> None:
    assert set(keys_of("Desktop.notifications")) == set(NOTIFICATIONS)


def test_quiet_hours_without_length_are_told_and_kept() -> None:
    (issue,) = (config := read({"quietHours": "22:00-22:00"})).issues

    assert (issue.where, issue.severity) == ("Desktop.quietHours", "warning")
    assert "nothing is held back" in issue.problem
    assert config.desktop.quiet_hours == "22:00-22:00"
    assert not read({"quietHours": "22:00-06:00"}).issues
