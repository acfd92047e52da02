"""What a connection test found, once the form says something else."""

import pytest

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.providers.form_view import ProviderForm
from tests.support.upstream import Upstream
from tests.unit.desktop.pages.providers.answers import refusal, serve
from tests.unit.desktop.pages.providers.conftest import MakeDesk, Open
from tests.unit.desktop.waiting import eventually

STORED = "sk-stored-before"


@pytest.fixture
def form(desk_of: MakeDesk, opened: Open, upstream: Upstream) -> ProviderForm:
    entry = {
        "name": "Acme",
        "api_base_url": upstream.chat_url,
        "api_key": STORED,
        "models": ["big"],
    }
    desk = desk_of({"Providers": [entry], "Router": {"default": "Acme,big"}})
    page = opened(desk, "Acme")
    return page.form


async def test_what_was_found_before_the_form_was_changed_is_marked_where_it_is(
    qloop: Loop, form: ProviderForm, upstream: Upstream
) -> None:
    serve(upstream, refused=[STORED])
    view = form.connection
    view.button.click()
    await eventually(lambda: view.trial.problem)
    beside, height = view.note.text(), view.heightForWidth(view.width())

    form.key_field.secret.edit.setText("sk-typed-key")
    await eventually(lambda: view.trial.is_past)

    assert view.note.text() == "The form was changed since."
    assert view.outcome.property("surface") == "info"
    assert view.heightForWidth(view.width()) == height, (
        "nothing below it moves while somebody types"
    )
    form.key_field.secret.edit.clear()
    await eventually(lambda: not view.trial.is_past)
    assert (view.note.text(), view.outcome.property("surface")) == (beside, "attention")


@pytest.mark.parametrize("field", ["address", "dialect"])
async def test_another_address_or_kind_of_service_was_not_tested(
    qloop: Loop, form: ProviderForm, upstream: Upstream, field: str
) -> None:
    serve(upstream, hello=refusal(500, "broken"))
    form.connection.button.click()
    await eventually(lambda: form.connection.trial.problem)
    section = form.advanced.reveal().address

    if field == "address":
        section.address.setText("http://127.0.0.1:9/v1")
    else:
        section.dialect.set_current("anthropic")
        section.dialect.picked.emit("anthropic")

    await eventually(lambda: form.connection.trial.is_past)


async def test_what_is_found_of_a_form_that_was_changed_meanwhile_is_marked(
    qloop: Loop, form: ProviderForm, upstream: Upstream
) -> None:
    serve(upstream)
    form.connection.button.click()
    form.key_field.secret.edit.setText("sk-typed-key")

    await eventually(lambda: form.connection.trial.result)

    assert form.connection.trial.is_past
