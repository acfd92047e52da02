"""The form of a provider: loading models, checking fields, saving, and leaving it."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.core.secrets.state import Place, StoreState, problem
from ccr_desktop.core.setup.edits import without_provider
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.providers.form_presenter import FormPresenter
from ccr_desktop.desktop.pages.providers.form_view import ProviderForm
from ccr_desktop.desktop.pages.providers.page import ProvidersPage
from ccr_desktop.errors import CcrError
from tests.support.turns import JsonObject, Raw
from tests.support.upstream import Upstream
from tests.unit.desktop.answering import answer_with, asked
from tests.unit.desktop.pages.providers.answers import MODELS, refusal, serve
from tests.unit.desktop.pages.providers.conftest import MakeDesk, Open
from tests.unit.desktop.waiting import eventually

KEY = "sk-typed-1234567890"


@pytest.fixture
def raw(upstream: Upstream) -> JsonObject:
    return {
        "Providers": [
            {
                "name": "Acme",
                "api_base_url": upstream.chat_url,
                "api_key": "keyring:Acme",
                "models": ["big"],
                "own": {"unknown": [1, 2]},
            },
            {"name": "Beta", "api_base_url": upstream.chat_url, "models": ["m"]},
        ],
        "Router": {"default": "Acme,big", "think": ["Beta,m", "Acme,big"]},
        "routeSets": {"Night": {"default": "Acme,big"}},
    }


@pytest.fixture
def memory() -> MemorySecrets:
    return MemorySecrets(Acme="sk-stored-before")


@pytest.fixture
def desk(desk_of: MakeDesk, raw: JsonObject) -> Desk:
    return desk_of(raw)


@pytest.fixture
def page(desk: Desk, opened: Open) -> ProvidersPage:
    return opened(desk, "Acme")


@pytest.fixture
def form(page: ProvidersPage) -> ProviderForm:
    return page.form


def text(config_file: Path) -> str:
    return config_file.read_text()


def saved(config_file: Path) -> JsonObject:
    found: JsonObject = json.loads(text(config_file))
    return found


async def closed(page: ProvidersPage) -> None:
    await eventually(lambda: page.currentWidget() is page.list)


async def test_the_key_that_is_stored_is_never_in_the_field(
    qloop: Loop, form: ProviderForm
) -> None:
    await eventually(lambda: "memory" in form.key_field.secret._stored.text())

    assert form.key_field.text() == ""
    assert form.key_field.secret.edit.placeholderText() == "Stored. Type to replace it."


async def test_nothing_changed_is_nothing_saved(
    qloop: Loop, page: ProvidersPage, form: ProviderForm, config_file: Path
) -> None:
    before = text(config_file)

    form.save_button.click()
    await closed(page)

    assert text(config_file) == before


async def test_models_are_loaded_searched_and_ticked(
    qloop: Loop, page: ProvidersPage, form: ProviderForm, config_file: Path, upstream: Upstream
) -> None:
    serve(upstream)
    form.models.load_button.click()
    assert form.models.words.text() == "Asking Acme for its models…"
    await eventually(lambda: set(MODELS) <= set(form.models.choices.names))

    QTest.keyClicks(form.models.search, "gger")
    QTest.keyClick(form.models.search, Qt.Key.Key_Down)
    QTest.keyClick(form.models.list, Qt.Key.Key_Space)
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    await closed(page)

    assert saved(config_file)["Providers"][0]["models"] == ["big", "bigger"]
    assert upstream.requests[0].headers["authorization"] == "Bearer sk-stored-before"


async def test_a_click_anywhere_in_a_line_changes_its_tick(qloop: Loop, form: ProviderForm) -> None:
    place = form.models.list.visualRect(form.models.choices.index(0)).center()

    QTest.mouseClick(form.models.list.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert form.models.models() == []


async def test_the_name_of_a_model_can_be_typed(
    qloop: Loop, page: ProvidersPage, form: ProviderForm, config_file: Path
) -> None:
    QTest.keyClicks(form.models.search, "brand-new")
    QTest.keyClick(form.models.search, Qt.Key.Key_Return)

    assert page.currentWidget() is form, "Enter here adds the model, and does not save"
    assert form.models.models() == ["big", "brand-new"]


async def test_loading_models_can_be_cancelled(
    qloop: Loop, form: ProviderForm, upstream: Upstream
) -> None:
    upstream.respond(lambda _: Raw(delay_s=30))
    form.models.load_button.click()
    await eventually(form.models.cancel_button.isVisible)

    form.models.cancel_button.click()

    assert form.models.words.text() == ""
    assert form.models.load_button.isEnabled()


async def test_why_models_can_not_be_listed_is_said_there(
    qloop: Loop, form: ProviderForm, upstream: Upstream
) -> None:
    upstream.respond(lambda _: refusal(403, "not for you"))

    form.models.load_button.click()

    await eventually(lambda: "not for you" in form.models.words.text())


async def test_a_new_key_replaces_the_stored_one(
    qloop: Loop, page: ProvidersPage, form: ProviderForm, memory: MemorySecrets, desk: Desk
) -> None:
    QTest.keyClicks(form.key_field.secret.edit, KEY)
    form.save_button.click()
    await closed(page)

    assert memory.get("Acme") == KEY
    assert desk.bridge.config.providers["Acme"].api_key == KEY
    assert form.key_field.text() == ""

    desk.bridge.undo()
    await eventually(lambda: memory.get("Acme") == "sk-stored-before")
    await eventually(lambda: desk.bridge.config.providers["Acme"].api_key == "sk-stored-before")


async def test_a_rename_takes_all_routes_along(
    qloop: Loop, page: ProvidersPage, form: ProviderForm, config_file: Path, raw: JsonObject
) -> None:
    form.name.selectAll()
    QTest.keyClicks(form.name, "Apex")
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    await closed(page)

    found = saved(config_file)
    assert found["Router"] == {"default": "Apex,big", "think": ["Beta,m", "Apex,big"]}
    assert found["routeSets"] == {"Night": {"default": "Apex,big"}}
    assert found["Providers"][0] == {**raw["Providers"][0], "name": "Apex"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("beta", "already"),
        ("a,b", "no comma"),
        ("", "Give the provider a name"),
        ("Ac\u202eme", "can't be seen"),
    ],
)
async def test_names_that_can_not_be_are_refused(
    form: ProviderForm, config_file: Path, name: str, words: str
) -> None:
    before = text(config_file)
    form.name.setText(name)

    form.save_button.click()

    await eventually(lambda: words in form.name_row.error())
    assert form.isVisible()
    assert text(config_file) == before


async def test_leaving_with_changes_asks(
    qloop: Loop, page: ProvidersPage, form: ProviderForm, config_file: Path
) -> None:
    before = text(config_file)
    form.name.setText("Apex")
    for answer in ("", "discard"):
        QTest.keyClick(form, Qt.Key.Key_Escape)
        question = await asked(page)
        assert page.currentWidget() is form
        answer_with(question, answer)

    await closed(page)
    assert text(config_file) == before


async def test_leaving_without_changes_does_not_ask(
    qloop: Loop, page: ProvidersPage, form: ProviderForm
) -> None:
    form.cancel_button.click()

    await closed(page)


async def test_what_was_changed_elsewhere_meanwhile_is_kept(
    qloop: Loop, page: ProvidersPage, form: ProviderForm, desk: Desk, config_file: Path
) -> None:
    form.models.use_model("new")

    def elsewhere(raw: JsonObject) -> JsonObject:
        first, *rest = raw["Providers"]
        first = {**first, "headers": {"X": "y"}, "models": ["big", "from-hand"]}
        return {**raw, "Providers": [first, *rest]}

    await desk.bridge.edit(elsewhere, "")
    form.save_button.click()
    await closed(page)

    entry = saved(config_file)["Providers"][0]
    assert (entry["headers"], entry["models"]) == ({"X": "y"}, ["big", "new", "from-hand"])


async def test_a_field_that_was_changed_elsewhere_too_is_told_before_it_is_saved(
    qloop: Loop, form: ProviderForm, desk: Desk
) -> None:
    parts = form.advanced.reveal()
    parts.address.address.setText("http://127.0.0.1:1/mine")
    parts.network.proxy.setText("http://127.0.0.1:2")
    parts.address.no_key.setChecked(True)

    def elsewhere(raw: JsonObject) -> JsonObject:
        first, *rest = raw["Providers"]
        url = "http://127.0.0.1:1/theirs"
        own = {"api_base_url": url, "proxy_url": "http://127.0.0.1:3", "auth": "other"}
        return {**raw, "Providers": [{**first, **own}, *rest]}

    await desk.bridge.edit(elsewhere, "")

    await eventually(
        lambda: form.problem.text().startswith(
            "Changed elsewhere meanwhile: Address, A server that wants no key, Network proxy."
        )
    )


async def test_one_that_was_taken_out_elsewhere_meanwhile_comes_back_whole(
    qloop: Loop, page: ProvidersPage, form: ProviderForm, desk: Desk, config_file: Path
) -> None:
    before = saved(config_file)["Providers"][0]
    form.models.use_model("new")

    await desk.bridge.edit(lambda raw: without_provider(raw, "Acme"), "")
    await eventually(lambda: "Saving adds it again" in form.problem.text())
    presenter = form.findChild(FormPresenter)
    assert presenter
    presenter._check_now()  # as a moment after each key
    assert "Saving adds it again" in form.problem.text()
    form.save_button.click()
    await closed(page)

    assert saved(config_file)["Providers"][1] == {**before, "models": ["big", "new"]}


async def test_what_keeps_it_from_being_saved_is_said_once(
    qloop: Loop,
    page: ProvidersPage,
    form: ProviderForm,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[object] = []
    desk.bridge.failed.connect(told.append)

    def full(*_: object) -> None:
        raise CcrError("The file can't be written", "No space is left")

    monkeypatch.setattr(desk.bridge.store, "save", full)
    form.models.use_model("new")
    form.save_button.click()

    await eventually(lambda: "No space is left" in form.problem.text())
    await eventually(form.save_button.isEnabled)
    assert page.currentWidget() is form
    assert told == []


class TestStoreThatRefuses:
    @pytest.fixture
    def memory(self) -> MemorySecrets:
        class Full(MemorySecrets):
            def set(self, name: str, secret: str) -> None:
                raise problem(Place.KEYRING, StoreState.DENIED)

        return Full(Acme="sk-stored-before")

    async def test_the_form_stays_and_says_so(
        self, qloop: Loop, page: ProvidersPage, form: ProviderForm, config_file: Path
    ) -> None:
        before = text(config_file)
        form.key_field.secret.edit.setText(KEY)

        form.save_button.click()

        await eventually(lambda: "was not stored" in form.key_field.row.error())
        assert page.currentWidget() is form
        assert form.key_field.text() == KEY
        assert text(config_file) == before


async def test_the_test_of_the_list_begins_at_once(
    qloop: Loop, page: ProvidersPage, upstream: Upstream
) -> None:
    serve(upstream)

    page.list.action_wanted.emit("Acme", "test")

    assert page.form.connection.trial.is_running
    await eventually(lambda: page.form.connection.trial.result)


async def test_what_a_test_found_is_scrolled_into_sight(
    qloop: Loop, page: ProvidersPage, upstream: Upstream
) -> None:
    serve(upstream, hello=refusal(500, "broken"))
    page.resize(760, 420)

    page.list.action_wanted.emit("Acme", "test")
    await eventually(lambda: page.form.connection.trial.problem)

    viewport = page.form.body.viewport()
    outcome = page.form.connection.outcome

    def is_seen() -> bool:
        return viewport.rect().contains(outcome.mapTo(viewport, outcome.rect().bottomLeft()))

    await eventually(is_seen)


async def test_the_closest_model_is_taken_and_tried(
    qloop: Loop, form: ProviderForm, upstream: Upstream
) -> None:
    serve(upstream, models=("bigger",), hello=refusal(404, "no such model"))
    form.connection.button.click()
    await eventually(lambda: form.connection.trial.fixes)

    form.connection.fix_wanted.emit(form.connection.trial.fixes[0])

    assert form.models.models() == ["bigger"]
    assert form.connection.trial.is_running


async def test_a_server_on_this_computer_needs_no_key_but_one_that_is_there_is_told(
    qloop: Loop, page: ProvidersPage, form: ProviderForm
) -> None:
    needless = form.key_field.row.help
    assert not needless.text()  # it has a key, which is sent

    page.show_detail("Beta")
    assert needless.text() == "This one needs no key."
    form.key_field.secret.edit.setText(KEY)
    await eventually(lambda: not needless.text())
