"""What the page says counts, while the settings file has errors."""

import json
from collections.abc import Iterator
from contextlib import suppress

import pytest

from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.routes.page import RoutesPage
from ccr_desktop.desktop.pages.routes.presenter import build
from ccr_desktop.desktop.pages.routes.rules.tab import RulesTab
from ccr_desktop.errors import ConfigError
from tests.unit.desktop.attended import RAW, listening
from tests.unit.desktop.desks import write_config

UNREADABLE = '{"PORT": 3456 "LOG": false}'
ODD = json.dumps({**RAW, "Router": {"default": 7}})


def notices(desk: Desk) -> Iterator[str]:
    """Above the routes, and above the rules."""
    page = build(desk)
    assert isinstance(page, RoutesPage)
    page.show_detail("rules")
    rules = page.findChild(RulesTab)
    assert rules
    for banner in (page.trouble, rules.trouble):
        assert not banner.isHidden()
        yield banner.text()


@pytest.mark.parametrize("text", [UNREADABLE, ODD])
async def test_a_file_that_is_bad_from_the_start_has_the_built_in_settings_count(
    qloop: Loop, text: str
) -> None:
    async with listening(text) as (desk, _):
        for said in notices(desk):
            assert "the built-in settings count" in said
            assert ("what the file says" in said) is (text == ODD)


@pytest.mark.parametrize("text", [UNREADABLE, ODD])
async def test_a_file_that_turns_bad_has_the_settings_from_before_serve_on(
    qloop: Loop, text: str
) -> None:
    async with listening() as (desk, _):
        write_config(text)
        with suppress(ConfigError):
            desk.bridge.store.reload()

        for said in notices(desk):
            assert "settings from before serve on" in said
            assert ("what the file says" in said) is (text == ODD)
