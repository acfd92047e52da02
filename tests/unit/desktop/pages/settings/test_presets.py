"""Using a preset: what is asked, where its routes go, and that nothing typed is lost."""

import asyncio
import json
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from shiboken6 import isValid

from ccr_desktop import paths
from ccr_desktop.core.presets import patterns
from ccr_desktop.core.presets.download import fetch_package
from ccr_desktop.desktop import theme
from ccr_desktop.desktop.importing.preset_dialog import PresetDialog
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.settings import presets_presenter
from ccr_desktop.desktop.pages.settings.presets import PresetsView
from tests.unit.desktop.pages.settings.shown import Shown
from tests.unit.desktop.pages.settings.test_transfer import opened, transfer
from tests.unit.desktop.waiting import eventually

pytestmark = pytest.mark.usefixtures("look", "home")
ROUTES: dict[str, Any] = {
    "name": "team",
    "schema": [
        {"id": "first", "type": "input", "label": "First", "required": False},
        {"id": "model", "type": "input", "label": "Model"},
        {"id": "size", "type": "input", "label": "Size", "defaultValue": "5"},
    ],
    "Router": {"default": "deepseek,#{model}", "think": "deepseek,thinker"},
}
NIGHT = {"routeSets": {"Night": {"default": "deepseek,old"}}, "routeSet": "Night"}


def installed(manifest: dict[str, Any]) -> None:
    folder = paths.data_dir() / "presets" / "team"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


async def used(shown: Shown) -> PresetDialog:
    listed = shown.page.findChild(PresetsView)
    assert listed
    await eventually(lambda: listed.list.rows.rows)
    listed.list.opened.emit("team")
    dialog = await opened(shown, PresetDialog)
    dialog.activateWindow()
    return dialog


def _type(dialog: PresetDialog, name: str, text: str) -> None:
    dialog.row(name).field.setText(text)  # type: ignore[attr-defined]  # a line


async def test_the_first_question_has_the_focus_and_what_is_needed_is_said(qloop: Loop) -> None:
    installed(ROUTES)
    async with transfer() as (shown, _):
        dialog = await used(shown)

        assert dialog.focusWidget() is dialog.row("first").field
        marks = {name: dialog.row(name).label.text() for name in ("first", "model", "size")}
        assert marks == {"first": "First (optional)", "model": "Model (required)", "size": "Size"}
        assert dialog.row("model").field.accessibleName() == "Model (required)"


async def test_an_empty_field_that_is_needed_gets_the_focus_and_the_words(qloop: Loop) -> None:
    installed(ROUTES)
    async with transfer() as (shown, _):
        dialog = await used(shown)

        dialog.go.click()

        field = dialog.row("model").field
        assert dialog.focusWidget() is field
        assert dialog.row("model").error() == "An answer is needed."
        assert field.accessibleDescription() == "An answer is needed."
        QTest.keyClicks(dialog.row("first").field, "f")
        assert dialog.row("model").error()
        QTest.keyClicks(field, "m")
        assert dialog.row("model").error() == ""
        dialog.go.click()
        assert dialog.lines()
        assert dialog.focusWidget() is dialog.go


async def test_the_preview_has_the_colours_of_added_and_removed_lines(qloop: Loop) -> None:
    installed(ROUTES)
    async with transfer() as (shown, _):
        dialog = await used(shown)
        _type(dialog, "model", "m")
        dialog.go.click()

        preview = dialog.findChild(QPlainTextEdit, "preset-change")
        assert preview
        colours = _colours(preview)
        assert colours["+"] == theme.current().color("running")
        assert colours["-"] == theme.current().color("attention")


def _colours(edit: QPlainTextEdit) -> dict[str, QColor]:
    """Of lines, by what they begin with."""
    found = {}
    for number in range(edit.blockCount()):
        block = edit.document().findBlockByNumber(number)
        for part in block.layout().formats():
            look = part.format  # which has to outlive the call
            found[block.text()[:1]] = look.foreground().color()
    return found


@pytest.mark.parametrize(
    ("place", "in_force", "routed", "standard"),
    [
        ("set", "Night", "deepseek,new", "old"),
        ("switch", "", "", "new"),
        ("standard", "Night", "", "new"),
    ],
)
async def test_with_a_route_set_in_force_it_is_asked_where_routes_go(
    qloop: Loop, place: str, in_force: str, routed: str, standard: str
) -> None:
    installed(ROUTES)
    async with transfer(NIGHT) as (shown, _):
        before = shown.desk.bridge.raw["Router"]
        dialog = await used(shown)
        _type(dialog, "model", "new")
        dialog.go.click()
        assert dialog.places.isVisible()
        assert dialog.place == "set"  # where it has an effect
        assert dialog.places.itemText(0) == "Night, the route set in force"
        dialog.places.set_current(place)
        dialog.places.picked.emit(place)
        assert ('"routeSet"' in dialog.lines()) == (place == "switch")

        dialog.go.click()

        bridge = shown.desk.bridge
        await eventually(lambda: bridge.editor.undo_words == "Used the preset team")
        assert bridge.raw.get("routeSet", "") == in_force
        found = bridge.raw["routeSets"]["Night"]
        assert found == {
            "default": routed or "deepseek,old",
            **({"think": "deepseek,thinker"} if routed else {}),
        }
        changed = {**before, "default": "deepseek,new", "think": "deepseek,thinker"}
        assert bridge.raw["Router"] == (before if standard == "old" else changed)
        bridge.undo()
        await eventually(lambda: not bridge.editor.undo_words)
        await eventually(lambda: bridge.raw["Router"] == before)
        assert bridge.raw["routeSets"] == NIGHT["routeSets"]


async def test_without_a_route_set_nothing_is_asked(qloop: Loop) -> None:
    installed(ROUTES)
    async with transfer() as (shown, _):
        dialog = await used(shown)
        _type(dialog, "model", "new")
        dialog.go.click()

        assert not dialog.places.isVisible()
        dialog.go.click()
        await eventually(lambda: shown.desk.bridge.raw["Router"]["default"] == "deepseek,new")


async def test_answers_stay_when_the_change_is_not_saved(qloop: Loop) -> None:
    installed(ROUTES)
    async with transfer() as (shown, _):
        bridge = shown.desk.bridge
        answers = [True, False]

        async def may_lose_comments() -> bool:
            return answers.pop()

        bridge.ask_about_comments = may_lose_comments
        path = bridge.store.path
        assert path
        text = await asyncio.to_thread(path.read_text, encoding="utf-8")
        twice = text.replace("{", '{ "LOG": true, "LOG": true,', 1)  # so that it is written anew
        await asyncio.to_thread(path.write_text, f"// a comment\n{twice}", encoding="utf-8")
        await asyncio.to_thread(bridge.store.check)
        dialog = await used(shown)
        _type(dialog, "model", "new")
        dialog.go.click()
        dialog.go.click()

        await eventually(lambda: len(answers) == 1 and dialog.isVisible())
        assert "deepseek,new" in dialog.lines()
        dialog.go.click()

        await eventually(lambda: bridge.raw["Router"]["default"] == "deepseek,new")
        await eventually(lambda: not isValid(dialog) or not dialog.isVisible())
        assert answers == []


async def test_a_slow_pattern_does_not_hold_the_window(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    pattern = "^(a|aa)+$"
    installed({**ROUTES, "schema": [{"id": "model", "type": "input", "validator": pattern}]})
    async with transfer() as (shown, _):
        dialog = await used(shown)
        compiled, seen = patterns._compiled, []
        patterns._verdict.cache_clear()  # of other tests, which may have looked for the same

        def noted(pattern: str) -> Any:
            seen.append(threading.current_thread())
            return compiled(pattern)

        monkeypatch.setattr(patterns, "_compiled", noted)
        _type(dialog, "model", f"{'a' * 80}b")
        dialog.go.click()
        assert not dialog.go.isEnabled()
        await eventually(lambda: "takes too long" in dialog.row("model").error())
        assert dialog.go.isEnabled()

        _type(dialog, "model", "aaa")
        dialog.go.click()
        await eventually(dialog.lines)
        assert len(seen) == 2
        assert threading.main_thread() not in seen


def _make(shown: Shown, path: Path, monkeypatch: pytest.MonkeyPatch) -> PresetsView:
    async def pick(*_: object) -> Path:
        return path

    monkeypatch.setattr(presets_presenter, "pick_new_file", pick)
    view = shown.page.findChild(PresetsView)
    assert view
    view.make.click()
    return view


async def test_a_preset_of_the_own_settings_asks_others_for_keys(
    qloop: Loop, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugin = home / "team.py"
    plugin.write_text("pass", encoding="utf-8")
    path = home / "ours.zip"
    async with transfer({"transformers": [{"path": str(plugin)}]}) as (shown, _):
        _make(shown, path, monkeypatch)

        await eventually(
            lambda: shown.says("asked for: Key of a provider: deepseek; Key of a provider: kimi")
        )
        assert shown.says("Make sure that they hold no key:\n• transformers")
    assert b"sk-a" not in path.read_bytes()
    made = fetch_package(str(path)).manifest
    assert (made.name, [entry.kind for entry in made.inputs]) == ("ours", ["password"] * 2)


async def test_a_preset_is_not_made_with_a_name_that_none_can_have(
    qloop: Loop, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with transfer() as (shown, _):
        _make(shown, home / ".hidden.zip", monkeypatch)

        await eventually(lambda: shown.says("can't be the name of a preset"))
    assert not (home / ".hidden.zip").exists()
