"""The settings file as text: edited, checked, saved as it is, and never lost."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest

from ccr_desktop import paths
from ccr_desktop.core.config.findings import Finding, located
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.settings import text_presenter
from ccr_desktop.desktop.pages.settings.text import TextSection, build
from ccr_desktop.errors import ConfigError
from tests.unit.desktop.pages.settings.shown import Shown, section
from tests.unit.desktop.waiting import eventually

CTRL = Qt.KeyboardModifier.ControlModifier


def file() -> Path:
    return paths.config_dir() / "config.json"


async def view(shown: Shown) -> TextSection:
    found = shown.page.findChild(TextSection)
    assert isinstance(found, TextSection)
    await eventually(lambda: found.editor.text() == file().read_text(encoding="utf-8"))
    return found


def titles(own: TextSection) -> list[str]:
    return [row.title for row in own.problems.rows.rows]


async def test_a_text_is_saved_as_it_is_and_counts_at_once(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        text = own.editor.text().replace("{", "{ // mine\n", 1).replace("45671", "45672")

        own.editor.setPlainText(text)
        assert own.state.text() == "Not saved yet"
        QTest.keyClick(own.editor, Qt.Key.Key_S, CTRL)

        await eventually(lambda: shown.desk.bridge.config.port == 45672)
        assert file().read_text(encoding="utf-8") == text
        await eventually(lambda: own.state.text() == "As in the file")
        assert not own.save_button.isEnabled()
        await eventually(lambda: shown.desk.bridge.editor.undo_words == "Edited the text")


async def test_line_ends_and_the_mark_of_an_encoding_stay(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        data = b'\xef\xbb\xbf{\r\n  "PORT": 45673, // one\r\n}\r\n'
        file().write_bytes(data)
        await shown.desk.bridge.reload()
        await eventually(lambda: own.editor.text().startswith('{\n  "PORT"'))

        own.editor.setPlainText(own.editor.text().replace("one", "two"))
        own.save_button.click()

        await eventually(lambda: file().read_bytes() == data.replace(b"one", b"two"))


async def test_each_line_keeps_its_own_end(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        data = b'{\r\n  "PORT": 45673, // one\n  "LOG": true\r\n}\r'
        file().write_bytes(data)
        await shown.desk.bridge.reload()
        await eventually(lambda: own.editor.text().startswith('{\n  "PORT"'))

        await _save_with(own, "true", "false", data.replace(b"true", b"false"))
        await _save_with(own, "false", "true", data)


async def _save_with(own: TextSection, before: str, after: str, expected: bytes) -> None:
    own.editor.setPlainText(own.editor.text().replace(before, after))
    own.save_button.click()
    await eventually(lambda: file().read_bytes() == expected)
    await eventually(lambda: own.state.text() == "As in the file")


async def test_problems_are_listed_and_jumped_to(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        own.editor.setPlainText('{\n  "PORT": 45671,\n  "LOG": "perhaps",\n  "PROT": 1\n}')

        await eventually(lambda: "Found 'perhaps'." in titles(own))
        assert own.editor.level_of(3) == "attention"
        assert own.editor.level_of(4) == "backup"
        own.problems.opened.emit("0")
        assert own.editor.textCursor().selectedText() == '"LOG": "perhaps"'
        QTest.keyClick(own.editor, Qt.Key.Key_F8)
        assert own.editor.textCursor().selectedText() == '"PROT": 1'
        QTest.keyClick(own.editor, Qt.Key.Key_F8)
        assert own.editor.textCursor().selectedText() == '"LOG": "perhaps"'


async def test_a_problem_is_gone_to_by_its_place(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        file().write_text('{\n  "LOG": "perhaps",\n  "FOO": 1\n}', encoding="utf-8")
        with suppress(ConfigError):
            await shown.desk.bridge.reload()

        own.show_detail("problem/FOO")

        await eventually(lambda: own.editor.textCursor().selectedText() == '"FOO": 1')


async def test_what_can_not_be_used_is_not_saved_and_stays(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        before = file().read_bytes()
        own.editor.setPlainText("{ PORT: 'x' }")

        own.save_button.click()

        await eventually(own.refused.isVisible)
        assert "text. PORT: found 'x'." in own.refused.text()
        assert file().read_bytes() == before
        assert own.editor.text() == "{ PORT: 'x' }"


async def test_what_is_no_json_is_told_as_a_sentence(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        own.editor.setPlainText("{ PORT: 1 },")

        own.save_button.click()

        await eventually(own.refused.isVisible)
        assert "can't use this text. The file is not valid JSON5: " in own.refused.text()


async def test_its_keys_count_beside_the_text_too(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        own.editor.setPlainText(own.editor.text().replace("45671", "45672"))
        own.format_button.setFocus()
        await eventually(own.format_button.hasFocus)

        QTest.keyClick(own.format_button, Qt.Key.Key_S, CTRL)

        await eventually(lambda: shown.desk.bridge.config.port == 45672)


async def test_a_change_elsewhere_leaves_unsaved_text_and_offers_both(qloop: Loop) -> None:
    async with section("text") as shown:
        own, bridge = await view(shown), shown.desk.bridge
        mine = own.editor.text().replace("45671", "45675")
        own.editor.setPlainText(mine)

        await bridge.edit(lambda raw: {**raw, "LOG": False}, "Log: off")
        await eventually(own.conflict.isVisible)
        assert own.editor.text() == mine
        own.conflict.other_activated.emit()
        assert '"LOG": false' in own.editor.text()
        assert not own.conflict.isVisible()


async def test_a_save_over_a_change_that_nobody_saw_is_refused(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        own.editor.setPlainText(own.editor.text().replace("45671", "45675"))
        file().write_text('{ "PORT": 45676 }', encoding="utf-8")

        own.save_button.click()

        await eventually(own.conflict.isVisible)
        assert file().read_text(encoding="utf-8") == '{ "PORT": 45676 }'
        assert "45675" in own.editor.text()


async def test_unchanged_text_follows_the_file(qloop: Loop) -> None:
    async with section("text") as shown:
        own, bridge = await view(shown), shown.desk.bridge

        await bridge.edit(lambda raw: {**raw, "LOG": False}, "Log: off")

        await eventually(lambda: '"LOG": false' in own.editor.text())
        assert not own.conflict.isVisible()


async def test_unsaved_text_survives_a_look_at_another_section(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        own.editor.setPlainText("{ // mine\n}")

        shown.page.show_detail("general")
        shown.page.show_detail("text")

        assert own.editor.text() == "{ // mine\n}"
        own.revert_button.click()
        assert own.editor.text() == file().read_text(encoding="utf-8")


async def test_what_was_discarded_comes_back_by_undo(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        own.editor.replace_all("{ // mine\n}")

        own.revert_button.click()
        own.editor.undo()

        assert own.editor.text() == "{ // mine\n}"
        assert own.save_button.isEnabled()


async def test_unsaved_text_survives_its_page(qloop: Loop) -> None:
    """Pages are built anew in another language."""
    async with section("text") as shown:
        own, bridge = await view(shown), shown.desk.bridge
        own.editor.setPlainText("{ // mine\n}")
        unsaved = bridge.draft.unsaved
        assert unsaved

        anew = build(shown.desk)
        assert isinstance(anew, TextSection)
        assert anew.editor.text() == "{ // mine\n}"
        assert anew.save_button.isEnabled()
        anew.revert_button.click()

        assert anew.editor.text() == file().read_text(encoding="utf-8")
        assert bridge.draft.unsaved is None
        anew.deleteLater()


async def test_keys_and_values_are_offered_while_typing(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        own.editor.setPlainText("{\n  \n}")
        own.editor.go_to_line(2)
        own.editor.moveCursor(own.editor.textCursor().MoveOperation.EndOfLine)

        QTest.keyClicks(own.editor, "LOG_")
        QTest.keyClick(own.editor, Qt.Key.Key_Return)
        assert own.editor.text() == '{\n  "LOG_LEVEL": ""\n}'
        QTest.keyClick(own.editor, Qt.Key.Key_Space, CTRL)
        QTest.keyClick(own.editor, Qt.Key.Key_Down)
        QTest.keyClick(own.editor, Qt.Key.Key_Tab)

        assert own.editor.text() == '{\n  "LOG_LEVEL": "error"\n}'


async def test_a_new_line_keeps_the_indent(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        own.editor.setPlainText('{\n  "Router": {}\n}')
        own.editor.go_to(len('{\n  "Router": {'))

        QTest.keyClick(own.editor, Qt.Key.Key_Return)

        assert own.editor.text() == '{\n  "Router": {\n    \n  }\n}'


async def test_formatting_keeps_comments_and_can_be_taken_back(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        own.editor.setPlainText('{"PORT":1,// one\n"LOG":true}')
        own.editor.go_to(own.editor.text().index("true"))

        own.format_button.click()
        assert own.editor.isReadOnly()
        assert not own.format_button.isEnabled()
        assert own.state.text() == "Laying out the text…"
        laid_out = '{\n  "PORT": 1, // one\n  "LOG": true\n}\n'
        await eventually(lambda: own.editor.text() == laid_out)
        assert not own.editor.isReadOnly()
        assert own.format_button.isEnabled()
        assert own.state.text() == "Not saved yet"
        assert own.editor.position() == laid_out.index(" true")

        own.editor.undo()
        assert own.editor.text() == '{"PORT":1,// one\n"LOG":true}'


async def test_escape_closes_the_search_for_words_at_once(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        QTest.keyClick(own.editor, Qt.Key.Key_F, CTRL)
        await eventually(own.finding.field.hasFocus)
        QTest.keyClicks(own.finding.field, "nothing of this")
        QTest.keyClick(own.finding.field, Qt.Key.Key_Escape)

        assert not own.finding.isVisible()
        await eventually(own.editor.hasFocus)


async def test_what_is_laid_out_does_not_replace_another_text(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        own.editor.setPlainText('{"PORT":1}')

        own.format_button.click()
        own.revert_button.click()

        await eventually(own.format_button.isEnabled)
        assert own.editor.text() == file().read_text(encoding="utf-8")
        assert not own.editor.isReadOnly()


async def test_no_text_is_checked_before_the_file_was_read(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []

    def note(text: str, issues: Sequence[Issue]) -> list[Finding]:
        checked.append(text)
        return located(text, issues)

    monkeypatch.setattr(text_presenter, "located", note)
    async with section("text") as shown:
        await view(shown)
        await eventually(lambda: checked)

    assert "" not in checked


async def test_words_are_found(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        own.editor.setPlainText('{ "a": "Kimi", "b": "kimi" }')

        QTest.keyClick(own.editor, Qt.Key.Key_F, CTRL)
        assert own.finding.isVisible()
        own.finding.field.setText("kimi")
        assert own.finding.count.text() == "2 found"
        assert own.editor.textCursor().selectedText() == "Kimi"
        QTest.keyClick(own.finding.field, Qt.Key.Key_Return)
        assert own.editor.textCursor().selectedText() == "kimi"
        QTest.keyClick(own.finding.field, Qt.Key.Key_Return)
        assert own.editor.textCursor().selectedText() == "Kimi"
        own.finding.close_bar()
        assert not own.finding.isVisible()


async def test_a_key_in_clear_text_is_pointed_out(qloop: Loop) -> None:
    async with section("text") as shown:
        own, wanted = await view(shown), []
        shown.desk.bridge.page_wanted.connect(wanted.append)
        await eventually(own.keys.isVisible)
        assert own.keys.text().startswith("Providers[0].api_key: a key stands here in clear text.")

        own.keys.button.click()
        own.keys.close_button.click()

        assert wanted == ["settings/keys"]
        assert not own.keys.isVisible()


async def test_a_file_with_what_can_not_be_edited_is_only_shown(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        file().write_text('{ "PORT": 45671, "odd": "a\u2029b" }', encoding="utf-8")
        await shown.desk.bridge.reload()

        await eventually(own.editor.isReadOnly)
        assert own.refused.isVisible()


async def test_what_is_too_long_is_not_pasted_or_shown_and_that_is_said(qloop: Loop) -> None:
    async with section("text") as shown:
        own = await view(shown)
        before = own.editor.text()
        long = QMimeData()
        long.setText(" " * 1_000_001)

        own.editor.insertFromMimeData(long)

        assert own.editor.text() == before
        assert own.refused.isVisible()
        assert own.refused.text().startswith("Too long: ")
        file().write_text(f"{{{long.text()}}}", encoding="utf-8")
        await shown.desk.bridge.reload()
        await eventually(own.in_the_way.isVisible)
        assert not own.editor.isVisible()
        file().write_text('{ "PORT": 45674 }', encoding="utf-8")
        await shown.desk.bridge.reload()
        await eventually(lambda: "45674" in own.editor.text())
        assert own.editor.isVisible()
        assert not own.refused.isVisible()


@pytest.mark.parametrize("text", ["a\u00a0b \U0001f600 \t", "\u2028", "é"])
async def test_the_editor_gives_back_every_letter(qloop: Loop, text: str) -> None:
    async with section("text") as shown:
        own = await view(shown)
        own.editor.setPlainText(f'{{ "x": "{text}", "y": 1 }}')

        assert own.editor.text() == f'{{ "x": "{text}", "y": 1 }}'
        start = own.editor.text().index('"y"')
        own.editor.go_to(start, start + 3)
        assert own.editor.textCursor().selectedText() == '"y"'
        assert own.editor.position() == start + 3
