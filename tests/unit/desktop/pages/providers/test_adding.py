"""Adding a provider: from the search field to the saved configuration, by keyboard."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.core.setup.templates import need_template
from ccr_desktop.core.upstream import local_servers
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.providers import presets
from ccr_desktop.desktop.pages.providers.page import ProvidersPage
from ccr_desktop.desktop.pages.providers.presenter import build
from ccr_desktop.desktop.widgets.choices import Choice, Heading
from tests.support.turns import JsonObject
from tests.support.upstream import Upstream
from tests.unit.desktop.pages.providers.answers import serve
from tests.unit.desktop.pages.providers.conftest import MakeDesk, Open, Show
from tests.unit.desktop.waiting import eventually

KEY = "sk-typed-1234567890"


@pytest.fixture
def desk(desk_of: MakeDesk, config_file: Path) -> Desk:
    return desk_of({"unknown": 1})


@pytest.fixture
def page(desk: Desk, opened: Open) -> ProvidersPage:
    return opened(desk, "add")


def titles(page: ProvidersPage) -> list[str]:
    model = page.adding.model
    entries = [model.entry(model.index(number)) for number in range(model.rowCount())]
    return [entry.title for entry in entries if isinstance(entry, Choice)]


def headings(page: ProvidersPage) -> list[str]:
    model = page.adding.model
    entries = [model.entry(model.index(number)) for number in range(model.rowCount())]
    return [entry.text for entry in entries if isinstance(entry, Heading)]


def text(config_file: Path) -> str:
    return config_file.read_text()


def saved(config_file: Path) -> JsonObject:
    found: JsonObject = json.loads(text(config_file))
    return found


async def test_presets_stand_in_their_groups(qloop: Loop, page: ProvidersPage) -> None:
    assert headings(page) == [*presets.GROUPS, "Something else"]
    assert titles(page)[-1] == "Other address…"
    assert "iFlow" not in " ".join(titles(page)), "it has ended"


async def test_a_provider_is_added_by_keyboard_alone(
    qloop: Loop,
    page: ProvidersPage,
    config_file: Path,
    memory: MemorySecrets,
) -> None:
    QTest.keyClicks(page.adding.search, "deepseek")
    assert titles(page)[0] == "DeepSeek"
    QTest.keyClick(page.adding.search, Qt.Key.Key_Return)
    assert page.currentWidget() is page.form
    QTest.keyClicks(page.form.key_field.secret.edit, KEY)
    QTest.keyClick(page.form.key_field.secret.edit, Qt.Key.Key_Return)

    await eventually(lambda: page.currentWidget() is page.list)
    found = saved(config_file)
    assert found["Providers"][0]["name"] == "deepseek"
    assert found["Providers"][0]["api_key"] == "keyring:deepseek"
    assert found["Router"]["default"].startswith("deepseek,")
    assert found["unknown"] == 1
    assert memory.get("deepseek") == KEY
    assert KEY not in text(config_file)


async def test_the_cursor_goes_on_at_the_provider_that_was_added(
    qloop: Loop, page: ProvidersPage
) -> None:
    for number, name in enumerate(("deepseek", "moonshot"), 1):
        page.adding.chosen.emit(name)
        page.form.key_field.secret.edit.setText(KEY)
        page.form.save_button.setFocus()
        page.form.save_button.click()
        rows = page.list.rows
        await eventually(lambda number=number, rows=rows: rows.rows.rowCount() == number)

        await eventually(lambda name=name, rows=rows: rows.current_key() == name)
        assert rows.hasFocus()


async def test_undo_takes_provider_and_key_back(
    qloop: Loop, desk: Desk, page: ProvidersPage, config_file: Path, memory: MemorySecrets
) -> None:
    page.adding.chosen.emit("deepseek")
    page.form.key_field.secret.edit.setText(KEY)
    page.form.save_button.click()
    await eventually(lambda: page.currentWidget() is page.list)

    desk.bridge.undo()
    await eventually(lambda: saved(config_file) == {"unknown": 1})
    await eventually(lambda: memory.get("deepseek") is None)

    desk.bridge.redo()
    await eventually(lambda: "Providers" in saved(config_file))
    assert memory.get("deepseek") == KEY


async def test_any_pasted_address_is_completed_and_recognised(
    qloop: Loop, page: ProvidersPage
) -> None:
    page.adding.search.setText("api.mistral.ai/v1")

    assert titles(page)[0] == "https://api.mistral.ai/v1/chat/completions"
    QTest.keyClick(page.adding.search, Qt.Key.Key_Return)
    assert page.form.name.text() == "mistral"
    assert page.form.entry()["api_base_url"] == "https://api.mistral.ai/v1/chat/completions"


async def test_escape_goes_back_to_the_list(qloop: Loop, page: ProvidersPage) -> None:
    QTest.keyClicks(page.adding.search, "deep")
    QTest.keyClick(page.adding.search, Qt.Key.Key_Escape)
    assert page.adding.search.text() == ""
    QTest.keyClick(page.adding.search, Qt.Key.Key_Escape)

    assert page.currentWidget() is page.list


async def test_local_servers_are_looked_for_on_request_only(
    qloop: Loop, page: ProvidersPage, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(upstream, models=("qwen", "gpt-oss"))
    here = replace(need_template("llama.cpp"), url=upstream.chat_url, models_url="")
    monkeypatch.setattr(local_servers, "usual_servers", lambda: [here])
    monkeypatch.setattr(local_servers, "_PATIENCE_S", 60.0)
    assert upstream.requests == []

    page.adding.look_button.click()
    await eventually(lambda: "Found on this computer" in headings(page))

    assert titles(page)[0] == here.title
    QTest.mouseClick(
        page.adding.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=page.adding.list.visualRect(page.adding.model.index(1)).center(),
    )
    assert page.form.models.models() == ["qwen", "gpt-oss"]


async def test_without_local_servers_that_is_said(
    qloop: Loop, page: ProvidersPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_servers, "usual_servers", list)

    page.adding.look_button.click()

    await eventually(lambda: "No server" in page.adding.looked.text())
    assert page.adding.look_button.isEnabled()


async def test_the_key_of_another_vendor_leads_to_that_vendor(
    qloop: Loop, page: ProvidersPage
) -> None:
    page.adding.chosen.emit("deepseek")
    page.form.key_field.secret.edit.setText("sk-ant-api03-1234567")

    page.form.save_button.click()
    await eventually(page.form.key_field.use_anyway.hasFocus)
    page.form.key_field.add_other.click()

    assert page.form.name.text() == "anthropic"
    assert page.form.key_field.text() == "sk-ant-api03-1234567"
    assert not page.form.key_field.is_doubted


@pytest.mark.parametrize(
    ("choice", "words"),
    [("deepseek", "Enter the key."), ("other", "Give the provider a name.")],
)
async def test_what_is_missing_is_said_beside_its_field(
    page: ProvidersPage, config_file: Path, choice: str, words: str
) -> None:
    page.adding.chosen.emit(choice)

    page.form.save_button.click()
    await eventually(page.form.save_button.isEnabled)

    await eventually(lambda: words in page.form.key_field.row.error() + page.form.name_row.error())
    assert saved(config_file) == {"unknown": 1}


async def test_a_second_provider_of_a_vendor_gets_a_name_of_its_own(
    qloop: Loop, desk_of: MakeDesk, shown: Show
) -> None:
    entry = need_template("deepseek").entry("deepseek")
    page = build(desk_of({"Providers": [{**entry, "api_key": KEY}]}))
    assert isinstance(page, ProvidersPage)
    shown(page)

    page.show_detail("add")
    page.adding.chosen.emit("deepseek")

    assert page.form.name.text() == "deepseek-2"
