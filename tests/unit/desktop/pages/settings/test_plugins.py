"""The user's own code in Settings: how it stands, what is wrong with it, and what is done to it."""

import asyncio
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop import paths
from ccr_desktop.desktop.dialogs import Question
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.settings import plugins_presenter
from ccr_desktop.desktop.pages.settings.plugin_card import PluginCard
from ccr_desktop.desktop.pages.settings.plugin_template import new_plugin
from ccr_desktop.desktop.pages.settings.router_card import RouterCard
from ccr_desktop.desktop.setting_places import row_name
from ccr_desktop.desktop.widgets.banner import Banner
from tests.support.ports import free_port
from tests.unit.desktop.answering import answer, answer_with, asked
from tests.unit.desktop.pages.settings.shown import Shown, section
from tests.unit.desktop.waiting import eventually

POLITE = """
from ccr_desktop.api import Option

class Polite:
    name = "polite"
    OPTIONS = (Option("word", str, "What is added."), Option("limit", int, "At most."))

    def __init__(self, options):
        self.word = options.get("word", "please")

    def request(self, body, context):
        return {**body, "metadata": self.word}
"""
PLAIN = POLITE.replace("    OPTIONS", "    _OPTIONS")
BROKEN = "def make():\n    return nothing_there\n\nmake()\n"


def written(name: str, text: str) -> str:
    """A file beside the configuration."""
    path = paths.config_dir() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


async def card(shown: Shown, number: int = 0) -> PluginCard:
    name = f"plugin-{number}"
    await eventually(lambda: shown.page.findChild(PluginCard, name))
    return shown.find(PluginCard, name)


def state(found: PluginCard | RouterCard) -> str:
    own = found.state if isinstance(found, RouterCard) else found._state
    return own.word


@pytest.fixture
def picked(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The file dialogs answer with the first of these."""
    answers: list[Path] = []

    async def pick(_parent: QWidget, *_more: object) -> Path:
        return answers[0]

    monkeypatch.setattr(plugins_presenter, "pick_file", pick)
    monkeypatch.setattr(plugins_presenter, "pick_new_file", pick)
    return answers


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    urls: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: urls.append(QUrl(url).toString()) is None
    )
    return iter([urls])  # type: ignore[return-value]


async def test_a_loaded_plugin_says_what_it_does_and_who_uses_it(qloop: Loop) -> None:
    more = {"transformers": [{"path": written("polite.py", POLITE)}]}
    async with section("plugins", more) as shown:
        found = await card(shown)

        assert (found._name.text(), state(found)) == ("polite", "Loaded")
        assert found.test.accessibleName() == "Test, polite"
        assert found.open.accessibleName() == "Open in editor, polite"
        await eventually(lambda: shown.says("Changes requests. No provider uses it yet"))
        wanted: list[str] = []
        shown.desk.bridge.page_wanted.connect(wanted.append)
        found.providers.click()
        assert wanted == ["providers"]
        providers = [
            {**shown.desk.bridge.raw["Providers"][0], "transformer": {"use": ["polite"]}},
            *shown.desk.bridge.raw["Providers"][1:],
        ]
        await shown.desk.bridge.edit(lambda raw: {**raw, "Providers": providers}, "Used")
        await eventually(lambda: shown.says("Used by deepseek."))


async def test_a_broken_plugin_shows_its_traceback_and_it_can_be_copied(qloop: Loop) -> None:
    more = {"transformers": [{"path": written("broken.py", BROKEN)}]}
    async with section("plugins", more) as shown:
        found = await card(shown)

        assert state(found) == "Can't be loaded"
        await eventually(lambda: shown.says("NameError: name 'nothing_there' is not defined"))
        await eventually(found.trace.isVisible)
        assert 'broken.py", line 2, in make' in found.trace.text()
        found.trace.copy_button.click()
        assert QGuiApplication.clipboard().text() == found.trace.text()


@pytest.mark.parametrize("runs", [False, True])
async def test_a_plugin_whose_init_fails_is_shown_so(qloop: Loop, runs: bool) -> None:
    failing = POLITE.replace(
        "def __init__(self, options):", "def __init__(self, options):\n        oops()"
    )
    more = {"transformers": [{"path": written("failing.py", failing)}], "PORT": free_port()}
    async with section("plugins", more) as shown:
        if runs:
            await shown.desk.bridge.begin()
            await shown.desk.bridge.supervisor.start()
        found = await card(shown)

        await eventually(lambda: state(found) == "Fails")
        await eventually(found.trace.isVisible)
        assert "in __init__" in found.trace.text()
        assert "NameError" in found._error.text()
        found.test.click()
        await eventually(lambda: "tried" in vars(found) and found.tried.isVisible())
        assert 'failing.py", line' in found.tried.text()
        assert "in __init__" in found.tried.text()
        if runs:
            await shown.desk.bridge.supervisor.stop()


@pytest.mark.parametrize("runs", [False, True])
async def test_a_file_that_changes_is_shown_as_it_is_now(qloop: Loop, runs: bool) -> None:
    path = written("mine.py", BROKEN)
    async with section("plugins", {"transformers": [{"path": path}], "PORT": free_port()}) as shown:
        if runs:
            await shown.desk.bridge.begin()
            await shown.desk.bridge.supervisor.start()
        found = await card(shown)
        assert state(found) == "Can't be loaded"

        written("mine.py", POLITE)

        await eventually(lambda: state(found) == "Loaded")
        assert found._name.text() == "polite"
        assert not found.trace.isVisible()
        await asyncio.to_thread(Path(path).unlink)
        await eventually(lambda: state(found) == "File not there")
        if runs:
            await shown.desk.bridge.supervisor.stop()


async def test_the_first_plugin_is_added_after_a_word_of_warning(
    qloop: Loop, picked: list[Path]
) -> None:
    picked.append(Path(written("polite.py", POLITE)))
    async with section("plugins") as shown:
        bridge = shown.desk.bridge
        shown.find(QPushButton, "add-plugin").click()
        question = await asked(shown.page)
        assert "with your rights" in question.windowTitle()
        answer_with(question, "go")

        await eventually(lambda: bridge.raw.get("transformers"))
        assert bridge.raw["transformers"] == [{"path": str(picked[0])}]
        picked[0] = Path(written("other.py", POLITE.replace("polite", "other")))
        shown.find(QPushButton, "add-plugin").click()
        await eventually(lambda: len(bridge.raw["transformers"]) == 2)


async def test_who_does_not_want_that_adds_nothing(qloop: Loop, picked: list[Path]) -> None:
    async with section("plugins") as shown:
        shown.find(QPushButton, "add-plugin").click()
        await answer(shown.page, "")

        await eventually(lambda: not shown.page.findChild(Question))
        assert "transformers" not in shown.desk.bridge.raw


async def test_the_button_of_the_warning_says_what_comes_next(qloop: Loop) -> None:
    async with section("plugins") as shown:
        for button, words in (("add-plugin", "Choose a file…"), ("write-plugin", "Write one…")):
            shown.find(QPushButton, button).click()
            question = await asked(shown.page)
            assert words in [button.text() for button in question.findChildren(QPushButton)]
            answer_with(question, "")
            await eventually(lambda: not shown.page.findChild(Question))


async def test_a_new_plugin_works_at_once(
    qloop: Loop, picked: list[Path], opened: Iterator[list[str]]
) -> None:
    urls = next(opened)
    picked.append(paths.config_dir() / "plugins" / "my own.py")
    more = {"transformers": [{"path": written("polite.py", POLITE)}]}
    async with section("plugins", more) as shown:
        shown.find(QPushButton, "write-plugin").click()

        found = await card(shown, 1)
        assert (found._name.text(), state(found)) == ("my-own", "Loaded")
        assert [url.endswith("/my own.py") for url in urls] == [True]


async def test_a_removed_plugin_comes_back_with_an_undo(qloop: Loop) -> None:
    entry = {"path": written("polite.py", POLITE), "options": {"word": "x"}}
    async with section("plugins", {"transformers": [entry]}) as shown:
        bridge = shown.desk.bridge
        (await card(shown)).remove.click()
        await eventually(lambda: "transformers" not in bridge.raw)
        await eventually(lambda: shown.says("None yet."))
        await eventually(lambda: bridge.editor.undo_words == "Removed polite")

        bridge.undo()

        await eventually(lambda: bridge.raw.get("transformers") == [entry])


async def test_declared_options_have_fields_that_say_what_is_wrong(qloop: Loop) -> None:
    more = {"transformers": [{"path": written("polite.py", POLITE), "options": {"more": 1}}]}
    async with section("plugins", more) as shown:
        bridge = shown.desk.bridge
        options = (await card(shown)).options
        options.button.click()
        assert not options.save.isVisible()
        limit = shown.find(QLineEdit, "option-limit")
        limit.setText("many")
        assert not options.save.isEnabled()
        await eventually(lambda: shown.says("whole number"))

        limit.setText("3")
        shown.find(QLineEdit, "option-word").setText("kindly")
        options.save.click()

        expected = {"word": "kindly", "limit": 3, "more": 1}
        await eventually(lambda: bridge.raw["transformers"][0]["options"] == expected)


async def test_options_keep_their_order(qloop: Loop) -> None:
    more = {"transformers": [{"path": written("polite.py", PLAIN), "options": {"word": "x"}}]}
    async with section("plugins", more) as shown:
        options = (await card(shown)).options
        options.button.click()
        text = '{"word": "y", "deep": {"b": 1, "a": 1.0}}'
        shown.find(QPlainTextEdit, "option-json").setPlainText(text)
        options.save.click()

        entry = shown.desk.bridge.raw["transformers"][0]
        await eventually(lambda: shown.desk.bridge.raw["transformers"][0] != entry)
        assert json.dumps(shown.desk.bridge.raw["transformers"][0]["options"]) == text


async def test_other_options_are_json_with_the_place_of_a_mistake(qloop: Loop) -> None:
    more = {"transformers": [{"path": written("polite.py", PLAIN), "options": {"word": "x"}}]}
    async with section("plugins", more) as shown:
        bridge = shown.desk.bridge
        options = (await card(shown)).options
        options.button.click()
        text = shown.find(QPlainTextEdit, "option-json")
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        assert text.font().family() == fixed.family()
        text.setPlainText('{\n  "word": }')
        await eventually(lambda: shown.says("Line 2, column"))
        assert not options.save.isEnabled()

        options.discard.click()
        text = shown.find(QPlainTextEdit, "option-json")
        text.setPlainText('{"word": "y", "deep": {"n": [1]}}')
        options.save.click()

        expected = {"word": "y", "deep": {"n": [1]}}
        await eventually(lambda: bridge.raw["transformers"][0]["options"] == expected)


async def test_a_try_shows_what_a_plugin_changes(qloop: Loop) -> None:
    more = {"transformers": [{"path": written("polite.py", POLITE), "options": {"word": "now"}}]}
    async with section("plugins", more) as shown:
        found = await card(shown)
        found.test.click()

        await eventually(found.tried.isVisible)
        assert "# polite.request" in found.tried.text()
        assert '+  "metadata": "now"' in found.tried.text()
        await eventually(found.test.isEnabled)


async def test_a_try_of_a_broken_file_says_why(qloop: Loop) -> None:
    more = {"transformers": [{"path": written("broken.py", BROKEN)}]}
    async with section("plugins", more) as shown:
        found = await card(shown)
        found.test.click()

        await eventually(found.tried.isVisible)
        assert "NameError" in found.tried.text()


async def test_the_router_is_chosen_mended_and_taken_away(
    qloop: Loop, qtbot: QtBot, picked: list[Path]
) -> None:
    picked.append(Path(written("router.py", "route = 3")))
    more = {"transformers": [{"path": written("polite.py", POLITE)}]}
    async with section("plugins", more) as shown:
        bridge = shown.desk.bridge
        own = shown.find(RouterCard, row_name("CUSTOM_ROUTER_PATH"))
        shown.find(QPushButton, "router-choose").click()
        await eventually(lambda: bridge.raw.get("CUSTOM_ROUTER_PATH") == str(picked[0]))
        await eventually(lambda: state(own) == "Can't be loaded")
        assert "defines no function" in own.error()

        written("router.py", "async def route(request, config):\n    return None\n")
        await eventually(lambda: state(own) == "Loaded")
        with qtbot.waitSignal(bridge.page_wanted) as wanted:
            own.try_it.click()
        assert wanted.args == ["routes/try"]

        own.remove.click()
        await eventually(lambda: "CUSTOM_ROUTER_PATH" not in bridge.raw)


async def test_missing_node_is_said(qloop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    more = {"transformers": [{"path": written("mine.js", "module.exports = class {}")}]}
    async with section("plugins", more) as shown:
        found = await card(shown)
        await eventually(shown.find(Banner, "node-missing").isVisible)
        assert state(found) == "Can't be loaded"
        await eventually(lambda: shown.says("Node.js, which runs it, was not found"))


async def test_entries_that_name_no_file_can_be_removed(qloop: Loop) -> None:
    async with section("plugins", {"transformers": [{"options": {}}]}) as shown:
        found = await card(shown)
        assert state(found) == "Names no file"
        found.remove.click()
        await eventually(lambda: "transformers" not in shown.desk.bridge.raw)


@pytest.mark.parametrize("stem", ["polite", "my own", "9 lives", "später"])
def test_the_beginning_of_a_plugin_is_python(stem: str) -> None:
    compile(new_plugin(stem), f"{stem}.py", "exec")


def test_nothing_is_taken_from_the_real_home() -> None:
    assert str(paths.config_dir()).startswith(os.environ["CCR_DESKTOP_HOME"])
