"""The list of providers: what a row says, and what can be done with it."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from ccr_desktop.core.observe.health import Health
from ccr_desktop.core.setup.rule_edits import with_rule
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.health_words import health_word
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.providers.page import ProvidersPage
from ccr_desktop.desktop.pages.providers.presenter import build
from ccr_desktop.desktop.pages.providers.rows import provider_rows
from ccr_desktop.desktop.state import Toast
from ccr_desktop.desktop.widgets.rows import Row
from tests.support.turns import JsonObject
from tests.unit.desktop.answering import answer, answer_with, asked
from tests.unit.desktop.pages.providers.conftest import MakeDesk, Open, Show
from tests.unit.desktop.scenes import ended, failed
from tests.unit.desktop.waiting import eventually

KEY = "sk-literal-12345678"


def entry(name: str, **members: object) -> JsonObject:
    url = f"https://api.{name.lower()}.example/v1/chat/completions"
    return {"name": name, "api_base_url": url, "api_key": KEY, "models": ["big"], **members}


CONFIG: JsonObject = {
    "Providers": [entry("Acme"), entry("Beta"), entry("Gamma")],
    "Router": {"default": ["Acme,big", "Beta,big"]},
    "unknown": {"kept": True},
}


@pytest.fixture
def desk(desk_of: MakeDesk) -> Desk:
    return desk_of(CONFIG)


@pytest.fixture
def page(desk: Desk, opened: Open) -> ProvidersPage:
    return opened(desk, "")


def names(page: ProvidersPage) -> list[str]:
    return [row.title for row in page.list.rows.rows.rows]


def row(page: ProvidersPage, name: str) -> Row:
    return next(row for row in page.list.rows.rows.rows if row.key == name)


def saved(config_file: Path) -> JsonObject:
    found: JsonObject = json.loads(config_file.read_text())
    return found


def choose(page: ProvidersPage, name: str, words: str) -> None:
    """Press an entry of the menu of a row."""
    menu = page.list.rows.menu_for(row(page, name))
    action: QAction = next(action for action in menu.actions() if action.text() == words)
    action.trigger()


async def test_a_row_tells_models_in_use_and_where_the_key_is(
    qloop: Loop, page: ProvidersPage
) -> None:
    assert row(page, "Acme").subtitle == "big · key: the settings file, readable"
    assert row(page, "Gamma").subtitle.startswith("1 model, not used")
    assert row(page, "Acme").state_word == "Not used yet"
    assert KEY not in str(page.list.rows.rows.rows)


async def test_health_is_a_shape_and_a_word(qloop: Loop, desk: Desk, page: ProvidersPage) -> None:
    for event in (ended("Acme,big"), failed("Beta,big", 401), failed("Gamma,big", 503)):
        desk.bridge.health.note(event)

    desk.bridge.activity_changed.emit()

    await eventually(lambda: row(page, "Acme").trailing == "OK")
    assert [(found.state, found.trailing) for found in page.list.rows.rows.rows] == [
        ("running", "OK"),
        ("attention", "Key not accepted"),
        ("attention", "Service trouble"),
    ]


@pytest.mark.parametrize("status", [401, 402, 403, 408, 429, 503])
async def test_health_is_told_as_on_home(
    qloop: Loop, desk: Desk, page: ProvidersPage, status: int
) -> None:
    health, config = desk.bridge.health, desk.bridge.config
    health.note(failed("Acme,big", status))

    rows = provider_rows(config, health, "Secret Service")

    told = health_word(config.providers["Acme"], health.of("Acme"))
    assert (rows[0].state, rows[0].state_word.casefold()) == (told.state, told.word.casefold())


async def test_a_provider_is_paused_and_resumed_from_its_menu(
    qloop: Loop, page: ProvidersPage, config_file: Path
) -> None:
    choose(page, "Acme", "Switch off")
    await eventually(lambda: not row(page, "Acme").enabled)
    assert saved(config_file)["Providers"][0]["paused"] is True
    assert row(page, "Acme").badge == "Off"

    choose(page, "Acme", "Switch on")
    await eventually(lambda: row(page, "Acme").enabled)
    assert saved(config_file) == CONFIG


async def test_a_removed_provider_comes_back_with_its_routes_by_undo(
    qloop: Loop, desk: Desk, page: ProvidersPage, config_file: Path
) -> None:
    told: list[Toast] = []
    desk.bridge.told.connect(told.append)

    choose(page, "Acme", "Remove")
    await eventually(lambda: names(page) == ["Beta", "Gamma"])
    assert saved(config_file)["Router"] == {"default": ["Beta,big"]}
    assert told == [Toast("Removed Acme", can_undo=True)]

    desk.bridge.undo()
    await eventually(lambda: names(page) == ["Acme", "Beta", "Gamma"])
    assert saved(config_file) == CONFIG


async def test_a_name_is_taken_out_of_rules_when_that_is_wanted(
    qloop: Loop, desk: Desk, page: ProvidersPage, config_file: Path
) -> None:
    rule = {"name": "ban", "when": {"folder": "/x"}, "never": ["acme", "Beta"]}
    await desk.bridge.edit(lambda raw: with_rule(raw, rule), "Added a rule")

    choose(page, "Acme", "Remove")
    question = await asked(page)
    assert any("never use acme or Beta" in label.text() for label in question.findChildren(QLabel))
    answer_with(question, "")
    choose(page, "Acme", "Remove")
    await answer(page, "remove")

    await eventually(lambda: names(page) == ["Beta", "Gamma"])
    assert saved(config_file)["Router"]["rules"] == [{**rule, "never": ["Beta"]}]
    desk.bridge.undo()
    await eventually(lambda: names(page) == ["Acme", "Beta", "Gamma"])
    assert saved(config_file)["Router"]["rules"] == [rule]


async def test_a_rule_that_allows_nobody_else_is_shown_instead(
    qloop: Loop, desk: Desk, page: ProvidersPage
) -> None:
    rule = {"name": "private", "when": {"folder": "/x"}, "only": "Acme"}
    await desk.bridge.edit(lambda raw: with_rule(raw, rule), "Added a rule")
    pages: list[str] = []
    desk.bridge.page_wanted.connect(pages.append)

    choose(page, "Acme", "Remove")
    question = await asked(page)
    assert question.findChild(QPushButton, "answer-remove") is None
    answer_with(question, "open")

    await eventually(lambda: pages == ["routes/rules"])
    assert names(page) == ["Acme", "Beta", "Gamma"]


async def test_a_main_model_that_goes_is_named_with_the_one_in_its_place(
    qloop: Loop, desk: Desk, page: ProvidersPage, config_file: Path
) -> None:
    sets = {"Night": {"default": "acme,small", "think": "Beta,big"}}
    await desk.bridge.edit(lambda raw: {**raw, "routeSets": sets}, "Added a route set")

    choose(page, "Acme", "Remove")
    question = await asked(page)
    words = "\n".join(label.text() for label in question.findChildren(QLabel))
    assert "Remove Acme?" in words
    assert "• Night: big from Beta" in words
    assert "Standard" not in words  # a backup of its own comes first there
    answer_with(question, "")
    choose(page, "Acme", "Remove")
    await answer(page, "remove")

    await eventually(lambda: names(page) == ["Beta", "Gamma"])
    night = saved(config_file)["routeSets"]["Night"]
    assert night == {"default": ["Beta,big"], "think": "Beta,big"}
    assert not any("default" in issue.where for issue in desk.bridge.issues)


async def test_a_copy_stands_behind_its_provider(
    qloop: Loop, page: ProvidersPage, config_file: Path
) -> None:
    choose(page, "Acme", "Duplicate")

    await eventually(lambda: names(page) == ["Acme", "Acme-2", "Beta", "Gamma"])
    assert saved(config_file)["Providers"][1] == entry("Acme-2") | {
        "api_base_url": entry("Acme")["api_base_url"]
    }


async def test_providers_are_moved_by_the_keyboard(
    qloop: Loop, page: ProvidersPage, config_file: Path
) -> None:
    page.list.rows.setFocus()
    page.list.rows.select("Acme")

    QTest.keyClick(page.list.rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)

    await eventually(lambda: names(page) == ["Beta", "Acme", "Gamma"])
    order = [found["name"] for found in saved(config_file)["Providers"]]
    assert order == ["Beta", "Acme", "Gamma"]


async def test_providers_are_moved_from_the_menu(qloop: Loop, page: ProvidersPage) -> None:
    choose(page, "Gamma", "Move up")

    await eventually(lambda: names(page) == ["Acme", "Gamma", "Beta"])


async def test_enter_opens_the_form(qloop: Loop, page: ProvidersPage) -> None:
    page.list.rows.setFocus()
    page.list.rows.select("Beta")

    QTest.keyClick(page.list.rows, Qt.Key.Key_Return)

    assert page.currentWidget() is page.form
    assert page.form.name.text() == "Beta"


async def test_a_double_click_opens_the_form(qloop: Loop, page: ProvidersPage) -> None:
    rows = page.list.rows
    place = rows.visualRect(rows.rows.index_of("Gamma")).center()

    QTest.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert page.form.name.text() == "Gamma"


async def test_without_providers_there_is_one_thing_to_do(
    qloop: Loop, desk_of: MakeDesk, shown: Show
) -> None:
    page = build(desk_of({}))
    assert isinstance(page, ProvidersPage)
    shown(page)

    assert page.list.empty.isVisible()
    assert page.list.demo.isVisible()
    page.list.empty.button.click()

    assert page.currentWidget() is page.adding


async def test_the_provider_of_old_keys_is_shown_and_written_when_it_changes(
    qloop: Loop, desk_of: MakeDesk, shown: Show, config_file: Path
) -> None:
    page = build(desk_of({"OPENAI_API_KEY": KEY, "OPENAI_MODEL": "gpt"}))
    assert isinstance(page, ProvidersPage)
    shown(page)
    assert names(page) == ["openai"]

    choose(page, "openai", "Switch off")

    await eventually(lambda: not row(page, "openai").enabled)
    found = saved(config_file)
    assert "OPENAI_API_KEY" not in found
    assert found["Providers"][0]["paused"] is True


async def test_a_missing_key_needs_attention(qloop: Loop, desk_of: MakeDesk) -> None:
    desk = desk_of({"Providers": [entry("Acme", api_key="keyring:Acme")]})

    (found,) = provider_rows(desk.bridge.config, Health(), "Secret Service")

    assert (found.state, found.trailing) == ("attention", "Key can't be used")
    assert found.subtitle.endswith("key: Secret Service")


async def test_a_demo_of_the_file_is_called_so(qloop: Loop, desk_of: MakeDesk) -> None:
    desk = desk_of({"Providers": [{"name": "try", "api_base_url": "demo:", "models": ["m"]}]})

    (found,) = provider_rows(desk.bridge.config, Health(), "")

    assert found.badge == "Demo"
