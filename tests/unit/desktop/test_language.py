"""Which language the window speaks, that it changes at once, and that nothing is left out."""

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget

from ccr_desktop.core.setup import edits
from ccr_desktop.desktop import language
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.shell import _dress
from ccr_desktop.desktop.tray.tray import Tray
from ccr_desktop.desktop.window import Window
from scripts.translations import __main__ as translations
from scripts.translations import ts_file
from scripts.translations.sources import PACKAGE, Text, all_texts
from tests.unit.desktop.desks import open_desk, write_config
from tests.unit.desktop.waiting import eventually

ROUTED = {
    "Providers": [
        {"name": "cloud", "api_base_url": "http://127.0.0.1:9/v1", "api_key": "k", "models": ["m"]}
    ],
    "Router": {"default": "cloud,m"},
}
FILE = translations.FOLDER / "ccr_desktop_zh_CN.ts"
PLACE = re.compile(r"\{[a-z_]+(?:![a-z])?(?::[^}]*)?\}|%[1-9]|%s|%n")


@pytest.mark.parametrize(
    ("chosen", "wishes", "meant"),
    [
        ("system", ("zh-Hans-CN", "en-US"), "zh_CN"),
        ("system", ("zh_TW",), "zh_CN"),
        ("system", ("fr-FR", "de"), "en"),
        ("system", ("fr-FR", "zh-CN"), "zh_CN"),
        ("system", ("en-GB", "zh-CN"), "en"),
        ("system", ("C",), "en"),
        ("zh_CN", ("en-US",), "zh_CN"),
        ("en", ("zh-CN",), "en"),
    ],
)
def test_the_desktops_first_wish_that_we_speak_counts(
    chosen: str, wishes: tuple[str, ...], meant: str
) -> None:
    assert language.resolved(chosen, wishes) == meant


def test_qts_own_words_are_translated_too(qapp: QApplication) -> None:
    language.current().use("zh_CN")

    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


async def test_the_window_and_the_tray_change_their_language_at_once(
    qloop: Loop, qapp: QApplication
) -> None:
    write_config(ROUTED)
    async with open_desk() as desk:
        _dress(qapp, desk)
        window, tray = Window(desk, pages()), Tray(desk.bridge.overview)
        for entry in pages():
            window.show_page(entry.key)
        window.show_page("settings")
        assert "Settings…" in _menu(tray)

        await desk.bridge.edit(lambda raw: edits.with_desktop(raw, "language", "zh_CN"), "Language")
        await eventually(lambda: "设置" in _navigation(window))

        assert window.page == "settings"
        assert "设置…" in _menu(tray)
        await desk.bridge.edit(lambda raw: edits.with_desktop(raw, "language", "en"), "Language")
        await eventually(lambda: "Settings" in _navigation(window))
        window.close()
        window.deleteLater()


def _navigation(window: Window) -> str:
    button = window.findChild(QWidget, "page-settings")
    assert button
    return str(button.property("text"))


def _menu(tray: Tray) -> list[str]:
    return [action.text() for action in tray._menu.actions()]


# -- what the core says ------------------------------------------------------------------------


def test_the_routers_sentences_are_known_by_their_pattern(qapp: QApplication) -> None:
    assert in_words("Router.default is not set") == "Router.default is not set"
    language.current().use("zh_CN")

    told = in_words("No other rule took 'a,b'.")
    assert "'a,b'" in told
    assert "rule" not in told
    assert in_words("A sentence that nobody wrote.") == "A sentence that nobody wrote."


# -- the files ---------------------------------------------------------------------------------


def test_each_text_of_the_window_is_translated() -> None:
    outdated = ts_file.compared(FILE, all_texts())

    assert not outdated.untranslated, "run `python -m scripts.translations`, and translate them"
    assert not outdated.unused


def test_each_text_stands_where_it_is_translated() -> None:
    """One that is put into a variable first is not found, and would stay in English."""
    unseen = [
        f"{path.name}: {name}"
        for path in sorted((PACKAGE / "desktop").rglob("*.py"))
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for name in _literals(function) & _translated_variables(function)
    ]
    assert unseen == []


def _literals(function: ast.AST) -> set[str]:
    """Variables that are given a text as it is."""
    return {
        target.id
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }


def _translated_variables(function: ast.AST) -> set[str]:
    return {
        node.args[-1].id
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[-1], ast.Name)
        if ast.unparse(node.func).rpartition(".")[2] in {"tr", "_tr", "translate"}
    }


def test_translations_keep_the_places_of_what_they_are_about() -> None:
    wrong = {
        text.source: translation
        for text, translation in ts_file.read(FILE).items()
        if sorted(set(PLACE.findall(text.source))) != sorted(set(PLACE.findall(translation)))
    }
    assert not wrong


def test_what_qt_loads_is_made_from_the_translations(tmp_path: Path) -> None:
    made = tmp_path / "made.qm"
    translations.release(FILE, made)

    assert made.read_bytes() == FILE.with_suffix(".qm").read_bytes()
    assert translations.TEXTS.read_text(encoding="utf-8") == translations.texts_file()
    assert translations.SENTENCES.read_text(encoding="utf-8") == translations.sentences_file()


def test_a_new_text_takes_the_translation_it_has_elsewhere(tmp_path: Path) -> None:
    file = tmp_path / "a.ts"
    ts_file.write(file, "zh_CN", [Text("A", "Close")], {Text("A", "Close"): "关闭"})

    texts = [Text("A", "Close"), Text("B", "Close"), Text("B", "Open")]
    ts_file.write(file, "zh_CN", texts, ts_file.read(file))

    assert ts_file.read(file) == {Text("A", "Close"): "关闭", Text("B", "Close"): "关闭"}
    assert ts_file.compared(file, texts).untranslated == [Text("B", "Open")]
