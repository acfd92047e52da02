"""The third step, where an address of one's own is asked for its models."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.providers.connection_view import ConnectionTest
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.wizard.key import Key
from tests.support.turns import Drop, Raw
from tests.support.upstream import Upstream
from tests.unit.desktop.pages.providers.answers import serve
from tests.unit.desktop.waiting import eventually
from tests.unit.desktop.wizard.opened import KEY, open_assistant, to_key

pytestmark = pytest.mark.usefixtures("look")


async def test_what_was_wrong_with_one_address_is_not_said_of_another(
    qloop: Loop, home: Path, upstream: Upstream
) -> None:
    upstream.script(Raw(body=b"{}"), when=lambda request: request.method == "GET")
    async with open_assistant(home) as own:
        await to_key(own, upstream)
        own.press(Qt.Key.Key_Return)
        row = own.part("wizard-model").parent()
        assert isinstance(row, FormRow)
        await eventually(row.error)

        step = own.page.findChild(Key)
        assert step is not None
        step.progress.choose(name="other", url="http://127.0.0.1:9/v1/chat/completions")

        assert row.error() == ""


async def test_while_models_are_asked_for_the_button_says_so_and_a_change_ends_it(
    qloop: Loop, home: Path, upstream: Upstream
) -> None:
    upstream.script(Raw(delay_s=600), when=lambda request: request.method == "GET")
    serve(upstream)
    async with open_assistant(home) as own:
        await to_key(own, upstream)
        own.press(Qt.Key.Key_Return)
        await eventually(lambda: upstream.requests)

        assert own.page.primary.text() == "Testing…"
        own.type(KEY)

        await eventually(upstream.requests[0].gone.is_set)
        await own.can_go_on("Test")
        own.press(Qt.Key.Key_Return)
        await own.can_go_on("Continue")


async def test_asking_for_the_models_is_a_part_of_the_test_that_can_be_stopped(
    qloop: Loop, home: Path, upstream: Upstream
) -> None:
    upstream.script(Raw(delay_s=600), when=lambda request: request.method == "GET")
    async with open_assistant(home) as own:
        await to_key(own, upstream)
        own.press(Qt.Key.Key_Return)
        await eventually(lambda: upstream.requests)
        test = own.page.findChild(ConnectionTest)
        assert test is not None

        assert test.trial.is_running
        test.button.click()

        await eventually(upstream.requests[0].gone.is_set)
        assert test.trial.problem == "The test was stopped."
        await own.can_go_on("Test")


async def test_a_test_that_is_stopped_can_be_begun_anew(
    qloop: Loop, home: Path, upstream: Upstream
) -> None:
    upstream.script(Raw(delay_s=600), when=lambda request: request.method == "POST")
    serve(upstream)
    async with open_assistant(home) as own:
        await to_key(own, upstream)
        own.press(Qt.Key.Key_Return)
        await eventually(lambda: any(request.method == "POST" for request in upstream.requests))
        test = own.page.findChild(ConnectionTest)
        assert test is not None

        test.button.click()

        await own.can_go_on("Test")


async def test_either_button_asks_for_the_models_first(
    qloop: Loop, home: Path, upstream: Upstream
) -> None:
    serve(upstream)
    async with open_assistant(home) as own:
        await to_key(own, upstream)
        test = own.page.findChild(ConnectionTest)
        assert test is not None

        test.button.click()

        await own.can_go_on("Continue")


async def test_an_address_where_nobody_is_is_no_fault_of_the_model(
    qloop: Loop, home: Path, upstream: Upstream
) -> None:
    upstream.respond(lambda request: Drop())
    async with open_assistant(home) as own:
        await to_key(own, upstream)
        own.press(Qt.Key.Key_Return)
        test = own.page.findChild(ConnectionTest)
        assert test is not None

        await eventually(lambda: test.trial.has_ended)
        assert test.trial.problem == "local is not running on this computer."
        assert [step.state for step in test.trial.steps] == ["failed", *["skipped"] * 3]
        row = own.part("wizard-model").parent()
        assert isinstance(row, FormRow)
        assert not row.error()
        await own.can_go_on("Test")
