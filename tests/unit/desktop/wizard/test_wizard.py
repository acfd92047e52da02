"""The assistant from nothing to the first answer, and the ways around it."""

import json
from pathlib import Path

import aiohttp
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from ccr_desktop.core.secrets import MemorySecrets, Place, StoreState, StoreStatus
from ccr_desktop.core.secrets.state import status
from ccr_desktop.core.setup.templates import templates
from ccr_desktop.desktop import theme
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.providers.key_field import KeyField
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.labels import HelpText
from ccr_desktop.desktop.wizard.draft import (
    KEY,
    LAUNCH,
    MODELS,
    PROVIDER,
    WELCOME,
    Draft,
    opens_by_itself,
    read_draft,
)
from ccr_desktop.desktop.wizard.key import Key
from tests.support.turns import Answer
from tests.support.upstream import Request, Upstream
from tests.unit.desktop.pages.providers.answers import refusal, serve
from tests.unit.desktop.waiting import eventually
from tests.unit.desktop.wizard.opened import KEY as TYPED
from tests.unit.desktop.wizard.opened import Assistant, focused, open_assistant, own_file, to_key


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, look: theme.Theme) -> None:
    """No keys in the environment, and nothing that could be launched."""
    for template in templates().values():
        if template.env:
            monkeypatch.delenv(template.env, raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(Path.home() / "config"))


async def to_models(own: Assistant, upstream: Upstream) -> None:
    await to_key(own, upstream)
    own.type(TYPED)
    await own.can_go_on("Test")
    own.press(Qt.Key.Key_Return)
    await own.can_go_on("Continue")
    own.press(Qt.Key.Key_Return)
    await own.at_step(MODELS)
    await own.can_go_on("Save and continue")


async def ask(own: Assistant) -> int:
    url = f"{own.desk.bridge.overview.service.url}/v1/messages"
    body = {
        "model": "claude-sonnet-4-5",
        "max_tokens": 100,
        "messages": [{"role": "user", "content": "hello"}],
    }
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
        await response.read()
        return response.status


async def test_the_keyboard_alone_leads_to_a_first_answer(
    qloop: Loop, home: Path, upstream: Upstream
) -> None:
    serve(upstream)
    async with open_assistant(home) as own:
        await to_models(own, upstream)
        assert not own_file(home).exists()
        own.press(Qt.Key.Key_Return)
        await own.at_step(LAUNCH)
        before = len(upstream.requests)

        assert await ask(own) == 200

        outcome = own.part("wizard-outcome")
        assert isinstance(outcome, Banner)
        await eventually(lambda: outcome.text().startswith("It works: "))
        assert "your first request used big and took" in outcome.text()
        assert upstream.requests[before].headers["authorization"] == f"Bearer {TYPED}"
        await own.can_go_on("Done")
        own.press(Qt.Key.Key_Return)
        assert own.wanted == ["home"]
        assert read_draft(own.desk.memory.get("wizard.draft", {})) == Draft()
        edit = own.part("key")
        assert isinstance(edit, QLineEdit)
        assert edit.text() == ""

    saved = json.loads(own_file(home).read_text())
    assert saved["Router"] == {"default": "local,big", "background": "local,small"}
    assert saved["Providers"][0]["api_key"] == "keyring:local"
    assert own.memory.get("local") == TYPED
    assert TYPED not in own_file(home).read_text()


def remembered(home: Path) -> str:
    return "".join(path.read_text() for path in home.rglob("window.json"))


async def test_an_address_that_was_typed_into_the_search_is_taken_for_one(
    qloop: Loop, home: Path, upstream: Upstream
) -> None:
    serve(upstream)
    async with open_assistant(home) as own:
        await own.at_step(WELCOME)
        own.press(Qt.Key.Key_Return)
        await own.at_step(PROVIDER)
        own.type(upstream.chat_url)
        own.press(Qt.Key.Key_Return)

        await own.can_go_on("Continue")
        own.press(Qt.Key.Key_Return)
        await own.at_step(KEY)


async def test_nothing_is_written_before_the_person_agrees(
    qloop: Loop, home: Path, upstream: Upstream
) -> None:
    serve(upstream)
    async with open_assistant(home) as own:
        await to_models(own, upstream)

        assert not own_file(home).exists()
        assert own.memory.names(["local"]) == []
        assert upstream.chat_url in remembered(home)
        assert TYPED not in remembered(home)


async def test_the_password_of_an_address_is_not_written_down(qloop: Loop, home: Path) -> None:
    """Who left before all was saved enters it again, where the rest of the address stands."""
    async with open_assistant(home) as own:
        await own.at_step(WELCOME)
        own.press(Qt.Key.Key_Return)
        await own.at_step(PROVIDER)
        own.type("https://me:hunter2@host.invalid/v1?api-version=2&token=hunter3")
        own.press(Qt.Key.Key_Return)
        await own.can_go_on("Continue")
        own.press(Qt.Key.Key_Return)
        await own.at_step(KEY)
        assert "hunter" not in remembered(home)

    async with open_assistant(home) as own:
        await own.at_step(PROVIDER)
        address = own.part("wizard-address")
        assert isinstance(address, QLineEdit)
        assert address.text() == "https://host.invalid/v1/chat/completions?api-version=2"


async def test_a_wrong_key_shows_words_and_a_way_out(
    qloop: Loop, home: Path, upstream: Upstream
) -> None:
    def refuse(request: Request) -> Answer | None:
        is_wrong = request.headers["authorization"] == f"Bearer {TYPED}"
        return refusal(401, "invalid key") if is_wrong and request.method == "POST" else None

    upstream.respond(refuse)
    serve(upstream)
    async with open_assistant(home) as own:
        await to_key(own, upstream)
        own.type(TYPED)
        own.press(Qt.Key.Key_Return)
        outcome = own.part("connection-outcome")
        assert isinstance(outcome, Banner)
        await eventually(lambda: "did not accept this key" in outcome.text())
        await own.can_go_on("Test")

        await own.tab_to(own.part("fix-enter key"))
        own.press(Qt.Key.Key_Space)
        own.type("sk-the-right-one")
        own.press(Qt.Key.Key_Return)

        await own.can_go_on("Continue")


async def test_a_key_that_opens_no_list_is_doubted_where_it_stands(
    qloop: Loop, home: Path, upstream: Upstream
) -> None:
    def refuse(request: Request) -> Answer | None:
        is_wrong = request.headers["authorization"] == f"Bearer {TYPED}"
        return refusal(401, "invalid key") if is_wrong else None

    upstream.respond(refuse)
    serve(upstream)
    async with open_assistant(home) as own:
        await to_key(own, upstream)
        own.type(TYPED)
        own.press(Qt.Key.Key_Return)
        field = own.page.findChild(KeyField)
        assert field is not None
        await eventually(lambda: "did not accept this key" in field.row.error())
        assert not own.part("wizard-model").hasFocus()

        own.type("sk-the-right-one")
        own.press(Qt.Key.Key_Return)

        await own.can_go_on("Continue")


async def test_a_pasted_key_is_tested_by_itself(
    qloop: Loop, home: Path, upstream: Upstream
) -> None:
    serve(upstream)
    async with open_assistant(home) as own:
        await to_key(own, upstream)
        edit = own.part("key")
        assert isinstance(edit, QLineEdit)

        edit.setText(TYPED)

        await own.can_go_on("Continue")


class Locked(MemorySecrets):
    """A store that opens when it is asked to."""

    state = StoreState.LOCKED

    def status(self) -> StoreStatus:
        return status(Place.KEYRING, self.state, "Secret Service")

    def unlock(self, passphrase: str = "") -> StoreStatus:
        self.state = StoreState.READY
        return self.status()


async def test_a_locked_store_is_opened_before_it_is_needed(
    qloop: Loop, home: Path, upstream: Upstream
) -> None:
    serve(upstream)
    async with open_assistant(home, Locked()) as own:
        await to_key(own, upstream)
        own.type(TYPED)
        own.press(Qt.Key.Key_Return)
        outcome = own.part("connection-outcome")
        await eventually(outcome.isVisible)
        await own.can_go_on("Continue")

        own.page.primary.click()
        assert own.page.step == KEY
        field = own.page.findChild(KeyField)
        assert field
        assert "where this key is to be kept" in field.row.error()
        assert focused() is own.part("way-unlock")
        own.press(Qt.Key.Key_Space)

        await eventually(lambda: not field.row.error())
        own.page.primary.click()
        await eventually(lambda: own.page.step == MODELS)


async def test_a_key_of_another_vendor_leads_to_that_one(
    qloop: Loop, home: Path, upstream: Upstream
) -> None:
    serve(upstream)
    async with open_assistant(home) as own:
        await to_key(own, upstream)
        own.type("sk-ant-api03-abc")
        assert not own.page.primary.isEnabled()

        await own.tab_to(own.part("add-other"))
        own.press(Qt.Key.Key_Space)

        edit = own.part("key")
        assert isinstance(edit, QLineEdit)
        assert edit.text() == "sk-ant-api03-abc"
        assert own.page.step == KEY
        assert own.desk.memory.get("wizard.draft", {})["template_id"] == "anthropic"
        own.press(Qt.Key.Key_Escape)


async def test_a_key_that_is_used_anyway_is_tested(
    qloop: Loop, home: Path, upstream: Upstream
) -> None:
    serve(upstream)
    async with open_assistant(home) as own:
        await to_key(own, upstream)
        own.type("sk-ant-api03-abc")
        assert not own.page.primary.isEnabled()

        await own.tab_to(own.part("use-anyway"))
        own.press(Qt.Key.Key_Space)

        await own.can_go_on("Continue")


async def test_another_address_leaves_the_preset_and_its_key_as_they_are(
    qloop: Loop, home: Path, upstream: Upstream
) -> None:
    async with open_assistant(home) as own:
        await own.at_step(WELCOME)
        own.press(Qt.Key.Key_Return)
        await own.at_step(PROVIDER)
        own.type("deepseek")
        own.press(Qt.Key.Key_Return)
        await own.at_step(KEY)
        own.type(TYPED)

        step = own.page.findChild(Key)
        assert step is not None
        step.address_wanted.emit()
        await own.at_step(PROVIDER)
        address = own.part("wizard-address")
        assert isinstance(address, QLineEdit)
        assert address.hasFocus()
        assert address.text().startswith("https://api.deepseek.com")
        address.setText(upstream.chat_url)
        own.press(Qt.Key.Key_Return)

        await own.at_step(KEY)
        draft = own.desk.memory.get("wizard.draft", {})
        assert (draft["template_id"], draft["url"]) == ("deepseek", upstream.chat_url)
        key = own.part("key")
        assert isinstance(key, QLineEdit)
        assert key.text() == TYPED


async def test_where_one_can_sign_in_the_keyboard_leads_there(qloop: Loop, home: Path) -> None:
    async with open_assistant(home) as own:
        await own.at_step(WELCOME)
        own.press(Qt.Key.Key_Return)
        await own.at_step(PROVIDER)
        own.type("github copilot")
        own.press(Qt.Key.Key_Return)
        await own.at_step(KEY)

        await own.tab_to(own.part("sign-in"))


async def test_who_leaves_comes_back_to_the_same_step_without_the_key(
    qloop: Loop, home: Path, upstream: Upstream
) -> None:
    serve(upstream)
    async with open_assistant(home) as own:
        assert opens_by_itself(own.desk)
        await to_models(own, upstream)
        own.press(Qt.Key.Key_Escape)
        assert own.wanted == ["home"]
        assert not opens_by_itself(own.desk)

    async with open_assistant(home) as own:
        await own.at_step(KEY)
        assert own.desk.memory.get("wizard.draft", {})["url"] == upstream.chat_url
        edit = own.part("key")
        assert isinstance(edit, QLineEdit)
        assert edit.text() == ""


async def test_every_step_can_be_skipped_and_left_backward(qloop: Loop, home: Path) -> None:
    async with open_assistant(home) as own:
        await own.at_step(WELCOME)
        for step in (PROVIDER, LAUNCH):
            await own.tab_to(own.page.skip)
            own.press(Qt.Key.Key_Space)
            await own.at_step(step)
        for step in (MODELS, PROVIDER, WELCOME):
            await own.tab_to(own.page.back)
            own.press(Qt.Key.Key_Space)
            await own.at_step(step)

        assert not own_file(home).exists()


async def test_who_pays_for_claude_is_told_what_a_plan_can_do(qloop: Loop, home: Path) -> None:
    async with open_assistant(home) as own:
        await own.at_step(WELCOME)
        own.press(Qt.Key.Key_Return)
        await own.at_step(PROVIDER)
        own.type("pro max")
        own.press(Qt.Key.Key_Return)

        told = [label.text() for label in own.page.findChildren(HelpText)]
        assert any("goes on using the plan" in text for text in told)
        assert own.page.step == PROVIDER
        await own.can_go_on("Continue with a key")
        own.page.primary.click()

        await own.at_step(KEY)
        assert own.part("key").isVisible()
        assert own.desk.bridge.config.source is None
