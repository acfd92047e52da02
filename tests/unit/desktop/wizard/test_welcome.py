"""What is found on the computer, and what taking it over does."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton

from ccr_desktop.core.protocol.json import JsonObject
from ccr_desktop.core.secrets import MemorySecrets, StoreState
from ccr_desktop.core.setup.importing import Import, read_import
from ccr_desktop.core.setup.templates import need_template, templates
from ccr_desktop.core.upstream.local_servers import LocalServer
from ccr_desktop.desktop import theme
from ccr_desktop.desktop.importing.take_dialog import TakeDialog
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.wizard.bringing import apart, brought, found_lines, report_of
from ccr_desktop.desktop.wizard.draft import KEY, LAUNCH, MODELS, PROVIDER, WELCOME
from ccr_desktop.desktop.wizard.finding import Findings
from ccr_desktop.desktop.wizard.provider_rows import PRESENT, provider_rows
from ccr_desktop.errors import SecretError
from tests.support.foreign.made import cc_switch_database
from tests.unit.desktop.answering import over
from tests.unit.desktop.waiting import eventually
from tests.unit.desktop.wizard.opened import Assistant, open_assistant, own_file

OLD_KEY = "sk-old-0123456789abcdef"
OLD: JsonObject = {
    "Providers": [
        {
            "name": name,
            "api_base_url": f"https://{name}.test/v1/chat/completions",
            "api_key": OLD_KEY,
            "models": ["m"],
        }
        for name in ("first", "second")
    ],
    "Router": {"default": "first,m", "think": "second,m"},
}
SECRET = "sk-environment-0123456789"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, look: theme.Theme) -> None:
    for template in templates().values():
        if template.env:
            monkeypatch.delenv(template.env, raising=False)


@pytest.fixture
def old_file(home: Path) -> Path:
    path = home / ".claude-code-router" / "config.json"
    path.parent.mkdir()
    path.write_text(json.dumps(OLD))
    return path


def test_the_report_tells_what_a_provider_lacks_that_is_taken(old_file: Path) -> None:
    first, second = OLD["Providers"]
    raw = {**OLD, "Providers": [{**first, "transformer": {"use": ["mine"]}}, second]}
    old_file.write_text(json.dumps(raw))
    found = Findings(old=read_import(old_file, old_file.parent / "presets"))

    def told(name: str) -> list[str]:
        lines = report_of(found, [f"old:{name}"]).needs_hand
        return [line for line in lines if "no transformer" in line]

    assert told("second") == []
    (line,) = told("first")
    assert line.startswith("provider first: mine is no transformer that is built in.")


def test_the_report_tells_what_has_no_effect(old_file: Path) -> None:
    old_file.write_text(json.dumps({**OLD, "Transformers": [], "FOO": 1}))
    found = Findings(old=read_import(old_file, old_file.parent / "presets"))

    report = report_of(found, ["old:first"], {**OLD, "FOO": 1})

    assert "FOO: there is no such setting. It is kept, but has no effect." in report.needs_hand
    assert not [line for line in report.needs_hand if "Transformers" in line]  # left behind
    assert any(
        "Did you mean 'transformers'?" in line
        for line in report_of(found, ["old:first"]).needs_hand
    )


def test_between_chinese_sentences_of_the_report_is_no_space(old_file: Path) -> None:
    note = "Keys stand in clear text."
    raw = {"APIKEY": "planted-0123456789", "Providers": [{"name": "first"}]}
    old = Import(old_file, raw, needs_hand=[note], clear_keys_note=note)

    (line,) = report_of(Findings(old=old), ["old:first"], keys_trouble="一。").needs_hand

    assert line.startswith("一。K")


def said(own: Assistant) -> str:
    return "\n".join(label.text() for label in own.page.findChildren(QLabel) if label.isVisible())


def write(path: Path, raw: JsonObject) -> None:
    path.write_text(json.dumps(raw))


def without_keys(raw: JsonObject) -> JsonObject:
    """The same with references in place of the keys."""
    entries = [{**entry, "api_key": f"keyring:{entry['name']}"} for entry in raw["Providers"]]
    return {**raw, "Providers": entries}


def content(path: Path) -> object:
    return json.loads(path.read_text())


async def test_where_nothing_is_found_the_page_says_what_comes(qloop: Loop, home: Path) -> None:
    async with open_assistant(home) as own:
        await own.at_step(WELCOME)
        await eventually(own.part("what-comes").isVisible)

        assert "Who answers" in said(own)
        assert "Nothing was found" in said(own)


@pytest.mark.usefixtures("old_file")
async def test_old_settings_are_taken_over_as_a_whole(qloop: Loop, home: Path) -> None:
    async with open_assistant(home) as own:
        await own.at_step(WELCOME)
        await own.can_go_on("Take over")
        assert not own_file(home).exists()

        own.press(Qt.Key.Key_Return)
        await own.can_go_on("Continue")

        assert "things taken over." in said(own)
        assert "--keys-to-keyring" not in said(own)
        own.press(Qt.Key.Key_Return)
        await own.at_step(PROVIDER)
    assert content(own_file(home)) == without_keys(OLD)


@pytest.mark.usefixtures("old_file")
async def test_what_was_taken_over_is_chosen_to_answer(qloop: Loop, home: Path) -> None:
    """From there Enter leads on, and writes the routes as they are."""
    async with open_assistant(home) as own:
        await own.can_go_on("Take over")
        own.press(Qt.Key.Key_Return)
        await own.can_go_on("Continue")
        own.press(Qt.Key.Key_Return)
        await own.at_step(PROVIDER)
        await own.can_go_on("Continue")
        providers = own.part("wizard-providers")
        assert isinstance(providers, RowList)
        assert providers.rows.rows[0].subtitle == "Main model: first: m"

        own.press(Qt.Key.Key_Return)
        await own.at_step(MODELS)
        await own.can_go_on("Save and continue")
        own.page.primary.click()

        await own.at_step(LAUNCH)
    assert content(own_file(home)) == without_keys(OLD)


@pytest.mark.usefixtures("old_file")
async def test_another_provider_is_found_beside_what_was_taken_over(
    qloop: Loop, home: Path
) -> None:
    async with open_assistant(home) as own:
        await own.can_go_on("Take over")
        own.press(Qt.Key.Key_Return)
        await own.can_go_on("Continue")
        own.press(Qt.Key.Key_Return)
        await own.at_step(PROVIDER)

        own.type("deepseek")
        own.press(Qt.Key.Key_Return)

        await own.at_step(KEY)
        assert "DeepSeek" in said(own)


def test_the_demo_is_not_offered_as_what_is_set_up() -> None:
    assert PRESENT not in [row.key for row in provider_rows((), "")]
    assert provider_rows((), "", "first,m")[0].key == PRESENT
    assert PRESENT not in [row.key for row in provider_rows((), "kimi", "first,m")]


async def test_keys_of_old_settings_go_to_the_password_store(
    qloop: Loop, home: Path, old_file: Path
) -> None:
    write(old_file, {**OLD, "APIKEY": "key-of-clients"})
    async with open_assistant(home) as own:
        await own.can_go_on("Take over")
        own.press(Qt.Key.Key_Return)
        await own.can_go_on("Continue")

        await eventually(lambda: "keys, which are in the password store now" in said(own))
        assert own.memory.get("first") == own.memory.get("second") == OLD_KEY
        assert own.memory.get("client-key") == "key-of-clients"
        assert OLD_KEY not in json.dumps(content(own_file(home)))
        own.desk.bridge.undo()
        await eventually(lambda: own.memory.get("first") is None)

    assert content(own_file(home)) == content(old_file)  # as it was in force before


async def test_the_report_names_the_protected_file_where_keys_went_there(
    qloop: Loop, home: Path, old_file: Path
) -> None:
    async with open_assistant(home) as own:
        await own.desk.secrets.use_file()
        await own.can_go_on("Take over")
        own.press(Qt.Key.Key_Return)
        await own.can_go_on("Continue")

        await eventually(lambda: "keys, which are in the protected file now" in said(own))
        assert own.memory.get("first") is None
        assert await own.desk.secrets.get("first") == OLD_KEY


class Denying(MemorySecrets):
    """A store whose owner said no."""

    def set(self, name: str, value: str) -> None:
        raise SecretError("Access was refused", "Allow it.", state=StoreState.DENIED)


@pytest.mark.usefixtures("old_file")
async def test_a_store_that_takes_no_key_keeps_nobody_from_going_on(
    qloop: Loop, home: Path
) -> None:
    async with open_assistant(home, Denying()) as own:
        await own.can_go_on("Take over")
        own.press(Qt.Key.Key_Return)
        await own.can_go_on("Continue")

        assert "things taken over, 1 needs you." in said(own)
        await eventually(lambda: "Access was refused. Allow it. Keys stand" in said(own))
    assert content(own_file(home)) == OLD


async def test_keys_that_the_settings_had_before_stay_where_they_are(old_file: Path) -> None:
    found = Findings(old=read_import(old_file, old_file.parent / "presets"))
    first, second = OLD["Providers"]
    before = {"Providers": [first], "APIKEY": "mine"}

    new = brought(before, found, ["old:second"], is_own=True)
    taken = apart(before, new, found, is_own=True)

    assert taken.keys == {"second": OLD_KEY}
    assert taken.raw["Providers"][0] == first
    assert taken.raw["APIKEY"] == "mine"
    assert second["api_key"] == OLD_KEY


async def test_what_is_unticked_stays_behind(qloop: Loop, home: Path, old_file: Path) -> None:
    async with open_assistant(home) as own:
        await own.at_step(WELCOME)
        await own.can_go_on("Take over")
        box = own.part("found-old:second")
        assert isinstance(box, QCheckBox)
        await own.tab_to(box)
        own.press(Qt.Key.Key_Space)
        own.press(Qt.Key.Key_Return)
        await own.can_go_on("Continue")

    expected = {"Providers": OLD["Providers"][:1], "Router": {"default": "first,m"}}
    assert content(own_file(home)) == without_keys(expected)
    assert content(old_file) == OLD


async def test_keys_in_the_environment_are_named_and_never_shown(
    qloop: Loop, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEEPSEEK_API_KEY", SECRET)
    async with open_assistant(home) as own:
        await eventually(lambda: own.page.findChild(QCheckBox, "found-env:deepseek"))
        box = own.part("found-env:deepseek")
        assert isinstance(box, QCheckBox)
        assert not box.isChecked()
        assert "DEEPSEEK_API_KEY" in box.text()
        await own.tab_to(box)
        own.press(Qt.Key.Key_Space)
        own.press(Qt.Key.Key_Return)
        await own.can_go_on("Continue")
        assert SECRET not in said(own)

    text = own_file(home).read_text()
    assert json.loads(text)["Providers"][0]["api_key"] == "$DEEPSEEK_API_KEY"
    assert SECRET not in text


async def test_settings_of_other_programs_are_looked_at_and_taken(qloop: Loop, home: Path) -> None:
    folder = home / ".cc-switch"
    folder.mkdir()
    cc_switch_database(folder / "cc-switch.db")
    async with open_assistant(home) as own:
        await eventually(lambda: own.page.findChild(QPushButton, "look-cc-switch.db"))
        button = own.part("look-cc-switch.db")
        assert isinstance(button, QPushButton)
        button.click()
        dialog = await over(own.page.window(), TakeDialog)
        for item in ("key:Zhipu GLM", "key:OpenRouter chat", "key:Codex relay", "key:Google"):
            dialog.row(item).box.setChecked(False)

        dialog.accept()

        await eventually(own_file(home).is_file)

    assert "Zhipu GLM" in own_file(home).read_text("utf-8")


def test_a_server_that_runs_here_is_added_with_its_models() -> None:
    found = Findings(servers=(LocalServer(need_template("ollama"), ("qwen3-coder", "gpt-oss")),))

    keys = [line.key for line in found_lines(found, {})]
    new = brought({}, found, keys, is_own=False)

    assert new["Providers"][0]["models"] == ["qwen3-coder", "gpt-oss"]
    assert new["Router"]["default"] == "ollama,qwen3-coder"
    assert found_lines(found, new) == ()
