"""What older files hold, what is not known, and files that are picked."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.settings.choice_rows import PickRow
from ccr_desktop.desktop.pages.settings.field_rows import ListRow, PathRow, TextRow
from ccr_desktop.desktop.pages.settings.legacy import KeyRow
from ccr_desktop.desktop.pages.settings.rows import SwitchRow
from ccr_desktop.desktop.widgets.row_list import RowList
from tests.unit.desktop.pages.settings.shown import section
from tests.unit.desktop.waiting import eventually

OLD = {
    "Providers": [],
    "Router": {},
    "OPENAI_API_KEY": "sk-old-secret",
    "OPENAI_BASE_URL": "https://api.example.com/v1/chat/completions",
    "OPENAI_MODEL": "old",
}


async def test_the_older_provider_becomes_one_of_the_list(qloop: Loop) -> None:
    async with section("advanced", OLD) as shown:
        card = shown.find(QWidget, "legacy")
        assert card.isVisible()
        assert not shown.says("old-secret")
        assert shown.find(KeyRow, "setting-OPENAI_API_KEY").state.text() == "In the settings file"

        shown.find(QPushButton, "leave-legacy").click()

        bridge = shown.desk.bridge
        await eventually(lambda: bridge.raw.get("Providers"))
        assert bridge.raw["Providers"][0]["api_key"] == "sk-old-secret"
        assert "OPENAI_API_KEY" not in bridge.raw
        await eventually(card.isHidden)


async def test_what_has_no_effect_can_be_removed(qloop: Loop) -> None:
    async with section("advanced", {"OPENAI_MODEL": "old"}) as shown:
        button = shown.find(QPushButton, "leave-legacy")
        assert button.text() == "Remove them"

        button.click()

        await eventually(lambda: "OPENAI_MODEL" not in shown.desk.bridge.raw)


async def test_a_key_that_is_elsewhere_is_told_by_its_place(qloop: Loop) -> None:
    async with section("advanced", {**OLD, "OPENAI_API_KEY": "keyring:openai"}) as shown:
        row = shown.find(KeyRow, "setting-OPENAI_API_KEY")

        assert row.state.text() == "keyring:openai"


async def test_keys_that_nobody_knows_are_listed(qloop: Loop) -> None:
    async with section("advanced", {"Portt": 1}) as shown:
        await shown.desk.bridge.reload()
        listed = shown.find(RowList, "setting-unknown-keys")

        await eventually(lambda: listed.rows.rows)
        assert listed.rows.rows[0].title == "Portt"
        assert "PORT" in listed.rows.rows[0].subtitle


async def test_a_file_is_picked(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "prompt.md"
    path.write_text("words", "utf-8")

    async def pick(*_: object) -> Path:
        return path

    monkeypatch.setattr("ccr_desktop.desktop.pages.settings.field_rows.pick_file", pick)
    async with section("advanced") as shown:
        row = shown.find(PathRow, "setting-REWRITE_SYSTEM_PROMPT")
        row.choose.click()

        await eventually(lambda: row.edit.text() == str(path))
        assert shown.desk.bridge.raw["REWRITE_SYSTEM_PROMPT"] == str(path)


async def test_what_is_wrong_with_a_value_is_told_at_its_row(qloop: Loop) -> None:
    async with section("advanced", {"REWRITE_SYSTEM_PROMPT": "/not/there.md"}) as shown:
        prompt = shown.find(PathRow, "setting-REWRITE_SYSTEM_PROMPT")
        assert "/not/there.md" in prompt.said()

        signs = shown.find(ListRow, "setting-Router.thinkWhen")
        signs.edit.setText("plan, nonsense")
        signs.edit.editingFinished.emit()

        await eventually(lambda: "nonsense" in signs.said())


async def test_signs_may_have_chinese_commas_between_them(qloop: Loop) -> None:
    async with section("advanced") as shown:
        signs = shown.find(ListRow, "setting-Router.thinkWhen")

        assert signs.as_value("plan，any、ultrathink") == ["plan", "any", "ultrathink"]


async def test_the_known_signs_end_with_one_full_stop(qloop: Loop) -> None:
    async with section("advanced") as shown:
        signs = shown.find(ListRow, "setting-Router.thinkWhen")

        assert signs.help_text().endswith("enabled-without-effort.")
        assert "effort:…, thinking:…, " in signs.help_text()


async def test_what_is_wrong_with_one_setting_is_not_told_at_another(qloop: Loop) -> None:
    async with section("logs", {"LOG_LEVEL": "loud"}) as shown:
        assert "loud" in shown.find(PickRow, "setting-LOG_LEVEL").said()
        assert shown.find(SwitchRow, "setting-LOG").said() == ""


@pytest.mark.parametrize(
    ("key", "typed", "told"),
    [
        ("Desktop.updateSource", '"', "an address that begins with https://"),
        ("Desktop.updateSource", "http://[::1]:99999", "an address that begins with https://"),
        ("Desktop.updateSource", "http://updates.example.com", "that begins with https://"),
        ("OPENAI_BASE_URL", '"', "Give the whole address"),
        ("Router.thinkWhen", "plan, often", "Allowed: any, plan"),
    ],
)
async def test_what_can_never_work_is_refused_where_it_stands(
    qloop: Loop, key: str, typed: str, told: str
) -> None:
    async with section("advanced", OLD) as shown:
        before = shown.desk.bridge.raw
        row = shown.find(TextRow, f"setting-{key}")

        row.edit.setText(typed)
        row.edit.editingFinished.emit()

        await eventually(row.said)
        assert told in row.said()
        assert row.edit.text() == typed
        await shown.desk.bridge.editor.settle()
        assert shown.desk.bridge.raw == before


async def test_a_file_that_may_come_is_saved_and_told_of(qloop: Loop) -> None:
    async with section("advanced", OLD) as shown:
        row = shown.find(PathRow, "setting-REWRITE_SYSTEM_PROMPT")

        row.edit.setText("soon.md")
        row.edit.editingFinished.emit()

        await eventually(lambda: "There is no file" in row.said())
        assert shown.desk.bridge.raw["REWRITE_SYSTEM_PROMPT"] == "soon.md"
