"""The law: each declared setting has a place in the window, a path and a row in the docs, and goes
from the form into the file and back without harm to anything else.

Who declares a setting adds its line in `setting_places.py`, and its value here where it has a row
in Settings.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from ccr_desktop.core.config.setting import Setting
from ccr_desktop.core.config.settings import BY_KEY, SETTINGS
from ccr_desktop.core.setup.setting_paths import find_path, value_at
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.pages.routes.tabs import tabs
from ccr_desktop.desktop.pages.settings.advanced import IN_THE_FILE
from ccr_desktop.desktop.pages.settings.sections import sections
from ccr_desktop.desktop.setting_places import ALL_PLACES, OTHERS, PLACES, row_name
from tests.unit.desktop.attended import RAW
from tests.unit.desktop.desks import read_config_file
from tests.unit.desktop.pages.settings.operating import operate, shows
from tests.unit.desktop.pages.settings.shown import section
from tests.unit.desktop.waiting import eventually

DOCS = Path(__file__).parents[5] / "docs" / "configuration.md"
OF_OWN_KIND = {
    "HOST": "service.other_devices_need_a_key_which_is_kept_in_the_store",
    "APIKEY": "service.other_devices_need_a_key_which_is_kept_in_the_store",
    "ClientKeys": "device_keys.a_device_gets_a_key_that_undo_takes_away",
    "PORT": "service.a_free_port_is_found",
    "Desktop": "general.a_choice_counts_at_once_and_can_be_undone",
    "PROXY_URL": "network.a_password_goes_to_the_key_store_and_comes_back_by_undo",
    "Desktop.notifications": "notifications.each_kind_that_something_tells_of_has_a_switch",
    "OPENAI_API_KEY": "advanced.the_older_provider_becomes_one_of_the_list",
    "CUSTOM_ROUTER_PATH": "plugins.the_router_is_chosen_mended_and_taken_away",
    "transformers": "plugins.a_removed_plugin_comes_back_with_an_undo",
    "StatusLine": "status_line.what_is_typed_is_drawn_at_once_and_saved_when_it_is_finished",
}
"""Rows that ask, look or store before they write, each with its own test beside this file."""
VALUES: dict[str, tuple[Any, Any]] = {
    "Desktop.theme": ("dark", "light"),
    "Desktop.language": ("en", "zh_CN"),
    "Desktop.startHidden": (True, False),
    "Desktop.updates": ("off", "daily"),
    "Desktop.updateSource": ("https://updates.example.com/latest.json", "http://localhost:9/x"),
    "Desktop.onClose": ("quit", "background"),
    "Desktop.serviceThread": (True, False),
    "Desktop.quietHours": ("21:00-07:30", "22:15-06:00"),
    "CA_FILE": ("/etc/hosts", "/etc/passwd"),
    "API_TIMEOUT_MS": (30_000, 90_000),
    "CLAUDE_PATH": ("/bin/ls", "/bin/cat"),
    "NON_INTERACTIVE_MODE": (True, False),
    "ANTHROPIC_SMALL_FAST_MODEL": ("claude-haiku-4-5", "other"),
    "LOG": (False, True),
    "LOG_LEVEL": ("debug", "warn"),
    "REWRITE_SYSTEM_PROMPT": ("/etc/hosts", "/etc/passwd"),
    "forceUseImageAgent": (True, False),
    "Router.thinkWhen": (["plan"], ["any", "ultrathink"]),
    "OPENAI_BASE_URL": ("https://a.test/v1", "https://b.test/v1"),
    "OPENAI_MODEL": ("one", "two"),
}


def _both(key: str) -> tuple[bool, bool]:
    """The other way round than usual, and back."""
    return not BY_KEY[key].default, bool(BY_KEY[key].default)


TOLD = [key for key in PLACES if key.startswith("Desktop.notifications.")]
VALUES.update({key: _both(key) for key in TOLD if not BY_KEY[key].is_idle})
ROWS = [key for key, place in PLACES.items() if place.page == "settings"]
UNHEARD_OF = {key for key in TOLD if BY_KEY[key].is_idle}


def test_each_declared_setting_has_a_place_in_the_window() -> None:
    assert set(PLACES) == set(BY_KEY), "add it to desktop/setting_places.py"


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_it_has_a_path_for_the_command_line_and_a_row_in_the_docs(setting: Setting) -> None:
    path = find_path(setting.key.replace("[]", "[0]"))
    assert path.setting is setting

    name = next(
        (
            setting.key.removeprefix(parent)
            for parent in ("Providers[].", "Router.", "Desktop.", "Failover.")
            if setting.key.startswith(parent)
        ),
        setting.key,
    )
    assert f"| `{name}` |" in DOCS.read_text(encoding="utf-8")


def test_each_place_is_a_page_or_a_section_that_there_is() -> None:
    names = {page.key for page in pages()} | {f"settings/{each.key}" for each in sections()}
    names |= {f"routes/{each.key}" for each in tabs()}

    assert {place.where for place in ALL_PLACES.values()} <= names


def test_each_row_of_settings_has_a_round_trip() -> None:
    assert set(ROWS) == set(VALUES) | set(OF_OWN_KIND) | set(IN_THE_FILE) | UNHEARD_OF


@pytest.mark.parametrize("place", sorted({*OF_OWN_KIND.values()}))
def test_a_row_of_its_own_kind_has_the_test_that_is_named(place: str) -> None:
    file, name = place.split(".")
    module = import_module(f"tests.unit.desktop.pages.settings.test_{file}")
    assert callable(getattr(module, f"test_{name}"))


@pytest.mark.parametrize("key", ROWS)
async def test_the_row_is_there(qloop: Loop, key: str) -> None:
    if key in UNHEARD_OF:
        return  # a switch of something that never comes would be a lie
    async with section(PLACES[key].section, {"OPENAI_MODEL": "m"}) as shown:
        assert shown.page.findChild(QWidget, PLACES[key].field)


@pytest.mark.parametrize("key", [k for k, place in OTHERS.items() if place.page == "settings"])
async def test_what_else_is_found_is_there(qloop: Loop, key: str) -> None:
    async with section(OTHERS[key].section) as shown:
        assert shown.page.findChild(QWidget, OTHERS[key].field)


@pytest.mark.parametrize("key", VALUES)
async def test_from_the_form_to_the_file_and_back(qloop: Loop, key: str) -> None:
    extra = {"unknown": {"kept": [1]}, "Desktop": {"own": 1}, "OPENAI_MODEL": "was"}
    path = find_path(key)
    async with section(PLACES[key].section, {**extra, "Router": RAW["Router"]}) as shown:
        row = shown.page.findChild(QWidget, row_name(key))
        assert row is not None
        before = read_config_file()

        for value in VALUES[key]:
            operate(row, value)
            await eventually(lambda value=value: value_at(read_config_file(), path) == value)
            await eventually(lambda value=value: shows(row, value))

        after = read_config_file()
        assert after["unknown"] == {"kept": [1]}
        assert after["Desktop"]["own"] == 1
        assert list(after)[: len(before)] == list(before)
