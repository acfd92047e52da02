"""What was said before the language changed is said in the one that is in force."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from ccr_desktop.core.setup import edits
from ccr_desktop.desktop import language
from ccr_desktop.desktop.happenings import LaunchFailed, ServiceStopped, UpdateReady
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.said_before import again
from ccr_desktop.desktop.service_state import Phase, ServiceState
from ccr_desktop.desktop.shell import _dress
from ccr_desktop.desktop.state import Problem
from ccr_desktop.desktop.widgets.toast import UndoToast
from ccr_desktop.desktop.window import Window
from scripts.translations.sources import PACKAGE
from tests.unit.desktop.attended import listening
from tests.unit.desktop.desks import open_desk, write_config
from tests.unit.desktop.scenes import ended, on_backup, paused
from tests.unit.desktop.waiting import eventually

ENGLISH = re.compile(r"[a-z]{3,} [a-z]{2,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
RAW = {
    "Providers": [
        {"name": "cloud", "api_base_url": "http://127.0.0.1:9/v1", "api_key": "k", "models": ["m"]}
    ],
    "Router": {"default": "cloud,m"},
    "Desktop": {"language": "en"},
}

pytestmark = pytest.mark.usefixtures("look")


# -- every word that is kept -------------------------------------------------------------------


KEEPERS = ("edit", "edit_keys", "edit_text", "restore", "change")


def _kept_words() -> Iterator[str]:
    """The texts that the source gives to what keeps them: changes, and their undo."""
    for path in sorted((PACKAGE / "desktop").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if not any(f".{name}(" in source for name in KEEPERS):
            continue
        for function in ast.walk(ast.parse(source)):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and _keeps(function):
                yield from _texts(function)


def _keeps(function: ast.AST) -> bool:
    calls = {node.func.attr for node in ast.walk(function) if _is_call(node)}
    return not calls.isdisjoint(KEEPERS)


def _is_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)


def _texts(function: ast.AST) -> Iterator[str]:
    for node in ast.walk(function):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="tr") | ast.Name(id="_tr"),
                args=[*_, ast.Constant(value=str(text))],
            ):
                yield text


KEPT = sorted({text for text in _kept_words() if re.search("[a-z]", re.sub("{[^}]*}", "", text))})


def test_enough_words_are_kept() -> None:
    assert "Removed {name}" in KEPT
    assert len(KEPT) > 60


@pytest.mark.parametrize("text", KEPT)
def test_whatever_was_done_is_said_in_the_other_language_and_back(text: str) -> None:
    said = re.sub(r"\{[^}]*\}", "Qx7", text)
    language.current().use("zh_CN")
    told = again(said)
    assert CHINESE.search(told)
    assert not ENGLISH.search(told)
    assert told.count("Qx7") == said.count("Qx7")
    assert again(told) == told

    language.current().use("en")
    back = again(told)
    assert not CHINESE.search(back)
    language.current().use("zh_CN")
    assert again(back) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Removed Home", "已移除 Home"),
        ("Route set: Standard", "路由组：标准"),
        ("What I wrote myself", "What I wrote myself"),
        ("", ""),
    ],
)
def test_what_a_person_named_stays_as_it_is(said: str, told: str) -> None:
    language.current().use("zh_CN")

    assert again(said) == told


def test_what_was_said_with_a_title_in_chinese_is_known_again() -> None:
    assert again("路由组：标准") == "Route set: Standard"


# -- where they are shown ----------------------------------------------------------------------


async def test_the_history_and_the_undo_speak_the_language_in_force(
    qloop: Loop, qapp: QApplication
) -> None:
    write_config(RAW)
    async with open_desk() as desk:
        _dress(qapp, desk)
        window = Window(desk, pages())
        window.show()
        await desk.bridge.edit(lambda raw: edits.with_route(raw, "default", []), "Removed cloud")
        await desk.bridge.edit(
            lambda raw: edits.with_desktop(raw, "language", "zh_CN"), "Language: 简体中文"
        )
        await eventually(lambda: "语言" in _toast(window))
        window.show_page("settings/history")

        await eventually(lambda: "已移除 cloud" in _titles(window))
        desk.bridge.undo()
        await eventually(lambda: _toast(window) == "Undone: Language: 简体中文")
        await eventually(lambda: "Removed cloud" in _titles(window))
        window.close()
        window.deleteLater()


def _toast(window: Window) -> str:
    toast = window.findChild(UndoToast)
    assert toast
    return toast.accessibleName()


def _titles(window: Window) -> list[str]:
    states = window.findChild(object, "states")
    if states is None:
        return []
    model = states.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


async def test_a_problem_over_the_pages_is_said_again(qloop: Loop) -> None:
    write_config(RAW)
    async with open_desk() as desk:
        window = Window(desk, pages())
        window.show_problem(Problem("Router.default is not set", "Choose another one."))
        language.current().use("zh_CN")
        await eventually(lambda: CHINESE.search(window.banners.text("problem")))
        window.close()
        window.deleteLater()


async def test_what_needs_attention_is_said_in_the_language_in_force(qloop: Loop) -> None:
    async with listening(RAW) as (desk, _):
        happened = (
            ended("cloud,m", 401),
            ended("cloud,m", 503),
            on_backup("cloud,m", "other,n"),
            paused("cloud"),
            UpdateReady("9.9"),
            ServiceStopped("It no longer answers at its address."),
            LaunchFailed("Claude Code was not found."),
        )
        for one in happened:
            desk.attention.note(one)
        english = {kept.key: kept.notice for kept in desk.attention.kept()}
        assert len(english) >= len(happened) - 1

        language.current().use("zh_CN")

        for kept in desk.attention.kept():
            notice = kept.notice
            assert CHINESE.search(notice.title), notice
            assert not ENGLISH.search(notice.title), notice
            assert all(CHINESE.search(action.label) for action in notice.actions), notice
            assert not ENGLISH.search(notice.body.replace("It said so", "")), notice
        language.current().use("en")
        assert {kept.key: kept.notice for kept in desk.attention.kept()} == english


async def test_why_the_router_does_not_run_is_said_in_the_language_in_force(qloop: Loop) -> None:
    async with listening(RAW) as (desk, _):
        supervisor = desk.bridge.supervisor
        before = supervisor.state
        title, text = "The router keeps ending", "It no longer answers at its address."
        supervisor.state = ServiceState(Phase.FAILED, "", title, text)

        language.current().use("zh_CN")

        assert CHINESE.search(supervisor.state.problem_title)
        assert CHINESE.search(supervisor.state.problem_text)
        supervisor.state = before
