"""What must never come into the desktop app, since it would stop streams or the process."""

import ast
import sys

import pytest
from PySide6.QtWidgets import QApplication

from tests.architecture.source import Module, modules

NESTING = {"exec", "exec_", "processEvents", "asyncClose", "asyncWrap", "exec_loop"}
ASKING = {
    "QMessageBox": {"question", "warning", "information", "critical", "about", "aboutQt"},
    "QFileDialog": {
        "getExistingDirectory",
        "getExistingDirectoryUrl",
        "getOpenFileName",
        "getOpenFileNames",
        "getOpenFileUrl",
        "getOpenFileUrls",
        "getSaveFileName",
        "getSaveFileUrl",
    },
    "QInputDialog": {"getText", "getItem", "getInt", "getDouble", "getMultiLineText"},
    "QColorDialog": {"getColor"},
    "QFontDialog": {"getFont"},
}
ALLOWED = {("ccr_desktop.desktop.loop", "exec")}
"""The one place where Qt's loop is entered."""

MOVING = {
    "QPropertyAnimation",
    "QVariantAnimation",
    "QSequentialAnimationGroup",
    "QParallelAnimationGroup",
    "QTimeLine",
    "QMovie",
}
MOVES = {"ccr_desktop.desktop.widgets.fade"}
"""The one place where something moves: not at all with reduced motion."""


def nested_loops(tree: ast.AST) -> set[str]:
    """The calls that run a loop of Qt's to their end."""
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {
        function.attr
        for function in called
        if isinstance(function, ast.Attribute)
        and (function.attr in NESTING or function.attr in _asking(function.value))
    }


def _asking(receiver: ast.expr) -> set[str]:
    name = receiver.attr if isinstance(receiver, ast.Attribute) else getattr(receiver, "id", "")
    return ASKING.get(name, set())


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_no_loop_is_run_within_the_loop(module: Module) -> None:
    found = {(module.name, name) for name in nested_loops(module.tree)}

    assert found <= ALLOWED


@pytest.mark.parametrize(
    "call",
    [
        "dialog.exec()",
        "QApplication.processEvents()",
        "QMessageBox.question(None, '', '')",
        "QtWidgets.QFileDialog.getOpenFileName()",
        "self.menu.exec(point)",
    ],
)
def test_a_loop_within_the_loop_would_be_found(call: str) -> None:
    assert nested_loops(ast.parse(call))


@pytest.mark.parametrize("call", ["dialog.open()", "menu.popup(point)", "exec('1')"])
def test_what_returns_at_once_is_allowed(call: str) -> None:
    assert not nested_loops(ast.parse(call))


def test_what_moves_asks_whether_motion_is_wanted() -> None:
    found = {module.name for module in modules() if _names(module.tree) & MOVING}

    assert found == MOVES


def _names(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def test_qt_does_not_lose_references_to_none(qapp: QApplication) -> None:
    """PySide6 6.12.0 does before Python 3.12, until the process aborts."""
    before = sys.getrefcount(None)

    for _ in range(1000):
        qapp.processEvents()
        qapp.setApplicationName("ccr-desktop")

    assert before - sys.getrefcount(None) < 200
