"""The status line in Settings: drawn as Claude Code shows it, while its parts are changed."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from ccr_desktop import paths
from ccr_desktop.core.config.status_line import PLACEHOLDERS, STYLES, TYPES
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.settings import line_presenter
from ccr_desktop.desktop.pages.settings.line_drawing import LineDrawer
from ccr_desktop.desktop.pages.settings.line_parts import LineParts
from ccr_desktop.desktop.pages.settings.line_preview import LinePreview
from ccr_desktop.desktop.pages.settings.line_scene import EXAMPLE, example_scene
from ccr_desktop.desktop.pages.settings.line_words import colors, placeholders, styles, types
from ccr_desktop.desktop.widgets.ansi import plain
from ccr_desktop.desktop.widgets.choice_box import ChoiceBox
from ccr_desktop.desktop.widgets.code_box import CodeBox
from ccr_desktop.desktop.widgets.filter_picker import FilterPicker
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.segments import SegmentedControl
from ccr_desktop.desktop.widgets.switch import Switch
from ccr_desktop.desktop.widgets.terminal_line import TerminalLine
from ccr_desktop.statusline.colors import foreground
from ccr_desktop.statusline.line import Line
from ccr_desktop.statusline.scripts import FAILED
from ccr_desktop.statusline.settings import Settings
from ccr_desktop.statusline.themes import theme
from ccr_desktop.statusline.values import Values
from tests.unit.desktop.pages.settings.shown import Shown, section
from tests.unit.desktop.waiting import eventually

OWN: list[dict[str, Any]] = [
    {"type": "workDir", "note": "kept"},
    {"type": "model", "color": "red"},
    {"type": "cost"},
]


def own_line(**more: Any) -> dict[str, Any]:
    line = {"currentStyle": "default", "fontFamily": "Hack", "default": {"modules": OWN}, **more}
    return {"StatusLine": line}


def drawn(shown: Shown) -> str:
    return plain(shown.find(TerminalLine, "line-preview").text())


def modules(shown: Shown) -> Any:
    return shown.desk.bridge.raw["StatusLine"]["default"]["modules"]


def titles(shown: Shown) -> list[str]:
    return [row.title for row in shown.find(RowList, "line-parts").rows.rows]


async def begun(shown: Shown, text: str) -> None:
    await eventually(lambda: drawn(shown) == text)


async def test_the_preview_is_what_the_command_draws(qloop: Loop) -> None:
    async with section("status-line", own_line()) as shown:
        await begun(shown, "shop deepseek-v4-pro $1.23")

        scene = example_scene()
        settings = Settings(shown.desk.bridge.raw)
        line = Line(Values(scene.payload, settings, scene.known), settings, {})
        assert shown.find(TerminalLine, "line-preview").text() == line.text()


async def test_what_is_typed_is_drawn_at_once_and_saved_when_it_is_finished(qloop: Loop) -> None:
    async with section("status-line", own_line()) as shown:
        bridge = shown.desk.bridge
        await begun(shown, "shop deepseek-v4-pro $1.23")
        text = shown.find(QLineEdit, "line-text")
        text.setFocus()
        QTest.keyClicks(text, "in {{workDirName}}")
        await begun(shown, "in shop deepseek-v4-pro $1.23")
        assert modules(shown) == OWN

        QTest.keyClick(text, Qt.Key.Key_Return)

        new = {"type": "workDir", "note": "kept", "text": "in {{workDirName}}"}
        await eventually(lambda: modules(shown) == [new, *OWN[1:]])
        assert bridge.raw["StatusLine"]["fontFamily"] == "Hack"
        bridge.undo()
        await eventually(lambda: modules(shown) == OWN)
        await begun(shown, "shop deepseek-v4-pro $1.23")


async def test_what_a_part_has_besides_keeps_its_order(qloop: Loop) -> None:
    part = {"type": "workDir", "note": {"b": 1, "a": 1.0}, "color": "red"}
    line = {"enabled": True, "default": {"modules": [part]}}
    async with section("status-line", {"StatusLine": line}) as shown:
        await begun(shown, "shop")

        shown.find(QLineEdit, "line-text").setFocus()
        QTest.keyClicks(shown.find(QLineEdit, "line-text"), "in")
        await begun(shown, "in")
        QTest.keyClick(shown.find(QLineEdit, "line-text"), Qt.Key.Key_Return)

        await eventually(lambda: modules(shown) != [part])
        assert json.dumps(modules(shown)) == json.dumps([{**part, "text": "in"}])


async def test_parts_are_moved_by_keys(qloop: Loop) -> None:
    async with section("status-line", own_line()) as shown:
        await begun(shown, "shop deepseek-v4-pro $1.23")
        rows = shown.find(RowList, "line-parts")
        rows.select("2")
        QTest.keyClick(rows, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)

        await eventually(lambda: modules(shown) == [OWN[0], OWN[2], OWN[1]])
        await eventually(lambda: rows.current_key() == "1")
        await begun(shown, "shop $1.23 deepseek-v4-pro")


async def test_parts_are_added_and_removed(qloop: Loop) -> None:
    async with section("status-line", own_line()) as shown:
        await begun(shown, "shop deepseek-v4-pro $1.23")
        shown.find(FilterPicker, "line-add").picked.emit("duration")
        added = [OWN[0], {"type": "duration"}, *OWN[1:]]
        await eventually(lambda: modules(shown) == added)
        await eventually(lambda: shown.find(ChoiceBox, "line-type").current() == "duration")

        rows = shown.find(RowList, "line-parts")
        rows.select("0")
        shown.page.activateWindow()
        rows.setFocus()
        await eventually(rows.hasFocus)
        QTest.keyClick(rows, Qt.Key.Key_Delete)

        await eventually(lambda: modules(shown) == added[1:])
        await begun(shown, "2m5s deepseek-v4-pro $1.23")


async def test_a_part_between_coloured_ones_is_to_be_read_and_told_apart(qloop: Loop) -> None:
    async with section("status-line", {"StatusLine": {"currentStyle": "powerline"}}) as shown:
        await eventually(lambda: len(titles(shown)) == 5)
        beside = [module["background"] for module in theme("powerline", {})[:2]]

        shown.find(FilterPicker, "line-add").picked.emit("duration")

        line = shown.desk.bridge
        await eventually(lambda: "powerline" in line.raw["StatusLine"])
        new = line.raw["StatusLine"]["powerline"]["modules"][1]
        assert new["type"] == "duration"
        assert new["color"] == "black"
        assert new["background"] not in beside


async def test_type_and_colours_are_chosen(qloop: Loop) -> None:
    async with section("status-line", own_line()) as shown:
        await begun(shown, "shop deepseek-v4-pro $1.23")
        kind = shown.find(ChoiceBox, "line-type")
        kind.set_current("version")
        kind.picked.emit("route")
        await eventually(lambda: modules(shown)[0]["type"] == "route")
        shown.find(FilterPicker, "line-color").picked.emit("#ffaf00")
        await eventually(lambda: modules(shown)[0].get("color") == "#ffaf00")
        shown.find(FilterPicker, "line-background").picked.emit("bg_blue")
        await eventually(lambda: modules(shown)[0].get("background") == "bg_blue")
        shown.find(FilterPicker, "line-color").picked.emit("none")
        await eventually(lambda: "color" not in modules(shown)[0])
        assert modules(shown)[0]["note"] == "kept"


async def test_built_in_parts_become_own_ones_with_the_first_change(qloop: Loop) -> None:
    async with section("status-line") as shown:
        await eventually(lambda: len(titles(shown)) == 5)
        back = shown.find(QPushButton, "line-built-in")
        assert not back.isVisible()

        shown.find(RowList, "line-parts").action_requested.emit("4", "remove")

        await eventually(lambda: "StatusLine" in shown.desk.bridge.raw)
        assert len(modules(shown)) == 4
        await eventually(back.isVisible)
        back.click()
        await eventually(lambda: shown.desk.bridge.raw["StatusLine"] == {})
        await eventually(lambda: len(titles(shown)) == 5)


async def test_the_style_and_the_switch_change_the_file(qloop: Loop) -> None:
    async with section("status-line", own_line(mine={"modules": [{"type": "cost"}]})) as shown:
        bridge = shown.desk.bridge
        style = shown.find(ChoiceBox, "line-style")
        assert style.findData("mine") >= 0
        style.picked.emit("mine")
        await begun(shown, "$1.23")
        shown.find(Switch, "line-enabled").click()
        await eventually(lambda: bridge.raw["StatusLine"].get("enabled") is True)
        assert bridge.raw["StatusLine"]["currentStyle"] == "mine"


async def test_mistakes_are_told_at_their_part_and_field(qloop: Loop) -> None:
    line = own_line(default={"modules": [{"type": "cost"}, {"type": "model", "text": "{{modle}}"}]})
    async with section("status-line", line) as shown:
        rows = shown.find(RowList, "line-parts")
        await eventually(lambda: [row.state for row in rows.rows.rows] == [None, "attention"])
        rows.select("1")
        await eventually(lambda: shown.says("There is no placeholder {{modle}}."))


async def test_a_placeholder_is_put_into_the_text(qloop: Loop) -> None:
    async with section("status-line", own_line()) as shown:
        await begun(shown, "shop deepseek-v4-pro $1.23")
        shown.find(RowList, "line-placeholders").opened.emit("gitBranch")

        text = "{{workDirName}}{{gitBranch}}"
        await eventually(lambda: modules(shown)[0].get("text") == text)
        await begun(shown, "shopmain deepseek-v4-pro $1.23")


async def test_a_change_of_the_file_is_shown(qloop: Loop) -> None:
    async with section("status-line", own_line()) as shown:
        await begun(shown, "shop deepseek-v4-pro $1.23")
        await shown.desk.bridge.edit(lambda raw: {**raw, "StatusLine": {}}, "")
        await eventually(lambda: len(titles(shown)) == 5)


async def test_the_last_session_is_drawn_with_what_the_router_noted(qloop: Loop) -> None:
    folder = paths.data_dir() / "sessions"
    folder.mkdir(parents=True)
    for name, model, at_s in (("old", "m1", 1.0), ("new", "m2", 2.0)):
        note = folder / f"{name}.json"
        note.write_text(json.dumps({"model": model, "route": f"p,{model}"}), encoding="utf-8")
        os.utime(note, (at_s, at_s))
    async with section("status-line", own_line()) as shown:
        scene = shown.find(SegmentedControl, "line-scene")
        await eventually(scene.isVisible)
        scene.set_current("session")
        await begun(shown, "shop m2 $1.23")
        await eventually(lambda: shown.says("is made up"))


async def test_a_script_is_chosen_and_what_it_says_is_drawn(
    qloop: Loop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "weather.py"
    script.write_text("import os\ndef status(v):\n    return v['version'] + ' sunny'\n")

    async def pick(_parent: QWidget, _title: str) -> Path:
        return script

    monkeypatch.setattr(line_presenter, "pick_file", pick)
    async with section("status-line", own_line(default={"modules": [{"type": "script"}]})) as shown:
        shown.find(LineParts, "").fields.browse.click()
        await eventually(lambda: modules(shown)[0].get("scriptPath") == str(script))
        await eventually(lambda: drawn_in_time(shown) == "2.1.0 sunny")


def drawn_in_time(shown: Shown) -> str:
    """A script on a busy machine may get more than one chance."""
    line = drawn(shown)
    if FAILED in line:
        shown.find(LinePreview, "").scene_wanted.emit("example")
    return line


async def test_a_script_that_failed_once_is_run_again(qloop: Loop, tmp_path: Path) -> None:
    there = tmp_path / "there"
    script = tmp_path / "slow.py"
    script.write_text(f"open({str(there)!r})\ndef status(v):\n    return 'sunny'\n")
    line = own_line(default={"modules": [{"type": "script", "scriptPath": str(script)}]})
    async with section("status-line", line) as shown:
        await eventually(lambda: drawn(shown) == f"{FAILED} slow.py")

        there.touch()

        await eventually(lambda: drawn_in_time(shown) == "sunny")


def test_a_script_can_do_nothing_to_the_window(tmp_path: Path) -> None:
    script = tmp_path / "mean.py"
    script.write_text("import os\nos._exit(3)\n")
    raw = {"StatusLine": {"default": {"modules": [{"type": "script", "scriptPath": "mean.py"}]}}}

    LineDrawer().draw(raw, str(tmp_path), example_scene())


async def test_the_snippet_for_claude_code_names_the_command(qloop: Loop) -> None:
    async with section("status-line") as shown:
        snippet = json.loads(shown.find(CodeBox, "line-snippet").text())
        assert snippet["statusLine"]["command"].endswith("statusline")


def test_all_that_the_command_knows_has_words_and_an_example() -> None:
    assert set(placeholders()) == set(PLACEHOLDERS) == set(EXAMPLE)
    assert set(types()) == set(TYPES)
    assert set(styles()) == set(STYLES)
    assert all(foreground(name) for name in colors())


async def test_no_two_parts_have_one_name(qloop: Loop) -> None:
    async with section("status-line") as shown:
        await eventually(lambda: len(titles(shown)) == 5)
        assert titles(shown)[3:] == [
            "Tokens sent for the last answer",
            "Tokens of the last answer",
        ]

    twice = [{"type": "workDir"}, {"type": "model"}, {"type": "workDir"}, {"type": "workDir"}]
    async with section("status-line", own_line(default={"modules": twice})) as shown:
        await eventually(lambda: titles(shown)[2:] == ["Folder (2)", "Folder (3)"])
