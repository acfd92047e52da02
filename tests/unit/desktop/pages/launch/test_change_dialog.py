"""A change of a file of Claude Code, as it is shown before it is made."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from ccr_desktop.desktop.pages.launch.change_dialog import ChangeDialog
from ccr_desktop.launch.claude_settings import ClaudeSettings
from ccr_desktop.launch.file_changes import difference
from ccr_desktop.launch.taking_out import Removal

pytestmark = pytest.mark.usefixtures("look")


def test_the_lines_come_without_the_english_heads_of_a_diff(tmp_path: Path) -> None:
    before, after = b'{"a": 1}\n', b'{"a": 2}\n'
    path = tmp_path / "settings.json"
    diff = difference(ClaudeSettings(path, before), after)
    assert diff.startswith("--- before\n+++ after\n")

    dialog = ChangeDialog(Removal(path, ("A",), diff, before, after), None)

    box = dialog.findChild(QPlainTextEdit, "diff")
    assert isinstance(box, QPlainTextEdit)
    assert box.toPlainText().splitlines()[1:] == ['-{"a": 1}', '+{"a": 2}']
    assert box.toPlainText().startswith("@@")
