"""Colours and language of the window, also at a start on settings that can't be used."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from ccr_desktop import paths
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.desktop import language, look, memory, theme
from ccr_desktop.desktop.look import Look
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.shell import _dress
from ccr_desktop.desktop.troubles import Troubles
from ccr_desktop.desktop.window import Window
from tests.unit.desktop.attended import RAW, listening
from tests.unit.desktop.desks import write_config

UNREADABLE = '{"PORT": 3456 "LOG": false}'
CHINESE_AND_DARK = {"language": "zh_CN", "theme": "dark"}
USUAL = Look("system", "system")


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    language.current().use("en")


def store_on(text: str) -> ConfigStore:
    write_config(text)
    return ConfigStore(None, environment={}, secrets=MemorySecrets(), tolerant=True)


def remember(value: Any) -> memory.Memory:
    kept = memory.opened()
    kept.set("look", value)
    return kept


async def test_a_start_on_a_broken_file_looks_and_speaks_as_before(
    qloop: Loop, qapp: QApplication, look: theme.Theme
) -> None:
    async with listening({**RAW, "Desktop": CHINESE_AND_DARK}) as (desk, _):
        _dress(qapp, desk)
    theme.apply(qapp, "light")
    language.current().use("en")

    async with listening(UNREADABLE) as (desk, _):
        _dress(qapp, desk)
        window = Window(desk, pages())
        Troubles(desk, window)

        assert look.tokens.dark
        said = window.banners.text("settings-file")
        assert "无法使用设置文件" in said
        assert "缺少逗号" in said
        assert "comma" not in said
        window.deleteLater()


async def test_it_stays_so_while_the_file_is_being_mended(
    qloop: Loop, qapp: QApplication, look: theme.Theme
) -> None:
    remember(CHINESE_AND_DARK)
    async with listening(UNREADABLE) as (desk, _):
        _dress(qapp, desk)

        desk.bridge.config_changed.emit(desk.bridge.config)
        assert language.current().code == "zh_CN"

        write_config({**RAW, "Desktop": {"language": "en"}})
        desk.bridge.store.reload()
        desk.bridge.config_changed.emit(desk.bridge.config)
        assert language.current().code == "en"
        assert look.scheme == "system"


def test_what_a_file_with_errors_says_of_the_window_counts() -> None:
    store = store_on(json.dumps({"PORT": "no", "Desktop": {"language": "en", "theme": 7}}))

    assert look.wanted(store, remember(CHINESE_AND_DARK)) == Look("dark", "en")


def test_settings_that_can_be_used_are_not_outdone_by_what_is_remembered() -> None:
    assert look.wanted(store_on("{}"), remember(CHINESE_AND_DARK)) == USUAL


@pytest.mark.parametrize("value", [{}, {"language": "xx", "theme": ["dark"]}, "dark", None])
def test_odd_memories_count_as_none(value: object) -> None:
    assert look.wanted(store_on(UNREADABLE), remember(value)) == USUAL


def test_without_a_memory_the_desktop_is_followed() -> None:
    assert not (paths.data_dir() / "window.json").exists()
    assert look.wanted(store_on(UNREADABLE), memory.opened()) == USUAL
