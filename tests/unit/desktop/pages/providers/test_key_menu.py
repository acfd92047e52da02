"""Moving the key of a provider between the store, the environment and the file, and back."""

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QWidget

from ccr_desktop.core.secrets import MemorySecrets, Place, StoreState
from ccr_desktop.core.secrets.state import problem
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.lasting_variables import how_to_set
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.providers.page import ProvidersPage
from ccr_desktop.desktop.pages.providers.variable_dialog import VariableDialog
from tests.unit.desktop.answering import answer as give
from tests.unit.desktop.answering import asked
from tests.unit.desktop.pages.providers.conftest import MakeDesk, Open
from tests.unit.desktop.waiting import eventually

KEY = "sk-in-the-file-0123456789"


@pytest.fixture
def desk(desk_of: MakeDesk) -> Desk:
    url = "http://127.0.0.1:1/v1/chat/completions"
    acme = {"name": "Acme", "api_base_url": url, "api_key": KEY, "models": ["big"]}
    return desk_of({"Providers": [acme], "Router": {"default": "Acme,big"}})


@pytest.fixture
def page(desk: Desk, opened: Open) -> ProvidersPage:
    return opened(desk, "Acme")


def text(config_file: Path) -> str:
    return config_file.read_text()


def key_in(config_file: Path) -> Any:
    return json.loads(text(config_file))["Providers"][0]["api_key"]


def offered(page: ProvidersPage) -> list[QAction]:
    """What the menu has that "Keep it elsewhere…" opens."""
    page.form.key_field.places_button.click()
    menu = page.form.findChildren(QMenu, "key-places-menu")[-1]  # one before goes a turn later
    menu.close()
    return menu.actions()


def where(page: ProvidersPage) -> str:
    """What the form says of the place of the key."""
    return page.form.key_field.secret._stored.text()


def choose(page: ProvidersPage, beginning: str) -> None:
    next(each for each in offered(page) if each.text().startswith(beginning)).trigger()


async def part(page: ProvidersPage, name: str) -> QWidget:
    await eventually(lambda: page.findChild(QWidget, name))
    found = page.findChild(QWidget, name)
    assert found is not None
    return found


async def test_a_key_goes_into_the_store_and_comes_back_with_undo(
    qloop: Loop, page: ProvidersPage, desk: Desk, config_file: Path, memory: MemorySecrets
) -> None:
    choose(page, "Keep")

    await eventually(lambda: key_in(config_file) == "keyring:Acme")
    assert memory.get("Acme") == KEY
    assert KEY not in text(config_file)

    desk.bridge.undo()
    await eventually(lambda: key_in(config_file) == KEY)
    await eventually(lambda: memory.get("Acme") is None)


async def test_the_environment_is_named_by_what_can_be_a_name(
    qloop: Loop,
    page: ProvidersPage,
    config_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MY_ACME_KEY", KEY)
    choose(page, "Use")
    name = await part(page, "variable")
    assert isinstance(name, QLineEdit)
    dialog = page.findChild(VariableDialog)
    assert dialog is not None
    name.setText("not a name")
    dialog.accept_button.click()
    assert dialog.isVisible()
    assert dialog.row.error()

    name.setText("MY_ACME_KEY")
    dialog.accept_button.click()

    await eventually(lambda: key_in(config_file) == "$MY_ACME_KEY")


async def test_into_the_file_it_goes_only_with_consent(
    qloop: Loop, page: ProvidersPage, config_file: Path
) -> None:
    choose(page, "Keep")
    await eventually(lambda: key_in(config_file) == "keyring:Acme")
    await eventually(lambda: "memory" in where(page))
    for answer, expected in (("", "keyring:Acme"), ("write", KEY)):
        choose(page, "Write")
        await give(page, answer)
        await eventually(lambda wanted=expected: key_in(config_file) == wanted)


async def test_the_place_where_a_key_is_already_is_not_offered(
    qloop: Loop, page: ProvidersPage, config_file: Path
) -> None:
    assert [each.text().split()[0] for each in offered(page)] == ["Keep", "Use"]

    choose(page, "Keep")
    await eventually(lambda: key_in(config_file) == "keyring:Acme")
    await eventually(lambda: "memory" in where(page))

    assert [each.text().split()[0] for each in offered(page)] == ["Use", "Write"]


@pytest.mark.parametrize("entered", ["", "https://changed.example/v1/chat/completions"])
async def test_the_open_form_shows_where_the_key_is_after_an_undo(
    qloop: Loop, page: ProvidersPage, desk: Desk, config_file: Path, entered: str
) -> None:
    choose(page, "Keep")
    await eventually(lambda: "memory" in where(page))
    if entered:
        page.form.advanced.reveal().address.address.setText(entered)

    desk.bridge.undo()

    await eventually(lambda: key_in(config_file) == KEY)
    await eventually(lambda: "the settings file, readable" in where(page))
    assert page.form.entry()["api_key"] == KEY
    if entered:
        assert page.form.entry()["api_base_url"] == entered


async def test_a_refused_move_is_told_at_the_key_until_another_succeeds(
    qloop: Loop,
    page: ProvidersPage,
    config_file: Path,
    memory: MemorySecrets,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = page.form.key_field.row
    with monkeypatch.context() as refusing:
        refusing.setattr(memory, "set", refuse)
        choose(page, "Keep")
        await eventually(row.error)
    assert "was refused. The key stays where it was." in row.error()
    assert key_in(config_file) == KEY

    choose(page, "Keep")

    await eventually(lambda: key_in(config_file) == "keyring:Acme")
    await eventually(lambda: not row.error())


async def test_a_variable_without_the_key_is_told_at_the_key_until_a_move_succeeds(
    qloop: Loop, page: ProvidersPage, config_file: Path
) -> None:
    row = page.form.key_field.row
    choose(page, "Use")
    await eventually(lambda: page.findChild(VariableDialog))
    dialog = page.findChild(VariableDialog)
    assert dialog is not None
    dialog.accept_button.click()
    await eventually(row.error)
    assert "ACME_API_KEY does not hold this key here. The key stays where it was." in row.error()
    assert key_in(config_file) == KEY
    assert "ACME_API_KEY" in await said(page)
    await give(page, "")

    choose(page, "Keep")

    await eventually(lambda: key_in(config_file) == "keyring:Acme")
    await eventually(lambda: not row.error())


async def test_a_variable_is_set_where_an_app_from_a_menu_has_it(
    qloop: Loop, page: ProvidersPage, config_file: Path, memory: MemorySecrets
) -> None:
    choose(page, "Keep")
    await eventually(lambda: "memory" in where(page))
    choose(page, "Use")
    await eventually(lambda: page.findChild(VariableDialog))
    dialog = page.findChild(VariableDialog)
    assert dialog is not None
    dialog.accept_button.click()

    told = await said(page)
    assert "The key stays in the key store until then." in told
    assert how_to_set(["ACME_API_KEY"]) in told
    await give(page, "")
    assert key_in(config_file) == "$ACME_API_KEY"
    assert memory.get("Acme") == KEY


async def said(page: ProvidersPage) -> str:
    """What the dialog over the page says."""
    dialog = await asked(page)
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def refuse(name: str, secret: str) -> None:
    raise problem(Place.KEYRING, StoreState.DENIED)


async def test_a_form_with_changes_says_why_the_key_stays_where_it_is(
    qloop: Loop, page: ProvidersPage
) -> None:
    why = "To move the key, save the changes first"
    assert why not in [each.text() for each in offered(page)]

    page.form.name.setText("Other")

    found = {each.text(): each.isEnabled() for each in offered(page) if each.text()}
    assert found == {"Use an environment variable…": True, why: False}
