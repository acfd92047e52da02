"""Presets: added, used as one change, undone as one, removed."""

import json
from pathlib import Path

import pytest

from ccr_desktop import paths
from ccr_desktop.desktop.dialogs import Question
from ccr_desktop.desktop.importing.preset_dialog import PresetDialog
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.settings import presets_presenter
from ccr_desktop.desktop.pages.settings.presets import PresetsView
from tests.unit.desktop.pages.settings.shown import Shown
from tests.unit.desktop.pages.settings.test_transfer import KEY, names, opened, press, transfer
from tests.unit.desktop.waiting import eventually

pytestmark = pytest.mark.usefixtures("look", "home")

MANIFEST = {
    "name": "team",
    "description": "For the team",
    "schema": [
        {"id": "who", "type": "select", "label": "Who pays?", "defaultValue": "c",
         "options": [{"label": "Company", "value": "c"}, {"label": "Me", "value": "m"}]},
        {"id": "apiKey", "type": "password", "label": "Key",
         "when": {"field": "who", "value": "m"}},
        {"id": "limit", "type": "number", "label": "Limit", "min": 5, "required": False},
    ],
    "Providers": [
        {"name": "teamwork", "api_base_url": "https://t.example.com/v1", "api_key": "#{apiKey}",
         "models": ["m"]}
    ],
    "PORT": 1,
}  # fmt: skip


def installed(name: str = "team") -> Path:
    folder = paths.data_dir() / "presets" / name
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    return folder


def presets(shown: Shown) -> PresetsView:
    found = shown.page.findChild(PresetsView)
    assert isinstance(found, PresetsView)
    return found


async def used(shown: Shown) -> PresetDialog:
    listed = presets(shown).list
    await eventually(lambda: listed.rows.rows)
    listed.opened.emit("team")
    return await opened(shown, PresetDialog)


async def test_a_preset_asks_shows_what_changes_and_is_one_change(qloop: Loop) -> None:
    installed()
    async with transfer() as (shown, secrets):
        dialog = await used(shown)
        assert not dialog.row("apiKey").isVisible()
        who = dialog.row("who").field
        who.setCurrentIndex(1)  # type: ignore[attr-defined]  # a choice box
        assert dialog.row("apiKey").isVisible()
        dialog.go.click()
        assert dialog.row("apiKey").error() == "An answer is needed."
        dialog.row("apiKey").field.edit.setText(KEY)  # type: ignore[attr-defined]  # a secret field
        dialog.row("limit").field.setText("1")  # type: ignore[attr-defined]  # a line
        dialog.go.click()
        assert "At least 5" in dialog.row("limit").error()
        dialog.row("limit").field.setText("7")  # type: ignore[attr-defined]  # a line
        dialog.go.click()
        assert '"name": "teamwork"' in dialog.lines()
        assert KEY not in dialog.lines()

        dialog.go.click()

        await eventually(lambda: shown.desk.bridge.editor.undo_words == "Used the preset team")
        assert "teamwork" in names(shown)
        assert secrets.get("teamwork") == KEY
        assert shown.desk.bridge.raw["PORT"] == 45671
        shown.desk.bridge.undo()
        await eventually(lambda: "teamwork" not in names(shown))
        await eventually(lambda: secrets.get("teamwork") is None)


async def test_a_preset_is_added_from_a_folder_and_removed(
    qloop: Loop, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = home / "there"
    folder.mkdir()
    (folder / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")

    async def pick(*_: object) -> Path:
        return folder

    monkeypatch.setattr(presets_presenter, "pick_folder", pick)
    async with transfer() as (shown, _):
        listed = presets(shown).list
        presets(shown).folder.click()
        await eventually(lambda: listed.rows.rows)
        assert listed.rows.rows[0].subtitle == "For the team"

        listed.action_requested.emit("team", "remove")
        press(await opened(shown, Question), "answer-go")

        await eventually(lambda: not listed.rows.rows)


async def test_an_address_that_is_not_encrypted_is_refused_at_the_field(qloop: Loop) -> None:
    async with transfer() as (shown, _):
        presets(shown).address.setText("http://example.com/p.zip")
        presets(shown).add.click()

        await eventually(lambda: shown.says("http:// is not accepted"))


async def test_a_preset_that_can_not_be_read_says_why(qloop: Loop) -> None:
    (installed() / "manifest.json").write_text("{", encoding="utf-8")
    async with transfer() as (shown, _):
        listed = presets(shown).list
        await eventually(lambda: listed.rows.rows)

        assert not listed.rows.rows[0].enabled
        assert listed.rows.rows[0].subtitle
