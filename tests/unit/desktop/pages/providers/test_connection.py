"""The connection test: what it shows while it runs, and what it offers when something fails."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from ccr_desktop.core.secrets import MemorySecrets, Place, StoreState
from ccr_desktop.core.secrets.state import problem
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.providers.connection import Candidate, Prober
from ccr_desktop.desktop.pages.providers.connection_view import ConnectionTest
from ccr_desktop.desktop.pages.providers.trial import Fix, Mend
from ccr_desktop.desktop.reached import TEST, steps_reached
from tests.support.turns import JsonObject, Raw, text
from tests.support.upstream import Upstream
from tests.unit.desktop.pages.providers.answers import refusal, serve
from tests.unit.desktop.pages.providers.conftest import MakeDesk, Show
from tests.unit.desktop.waiting import eventually

Testing = Callable[..., tuple[ConnectionTest, Prober]]


@pytest.fixture
def testing(desk_of: MakeDesk, shown: Show, upstream: Upstream) -> Testing:
    """A test of the scripted provider, ready to be begun."""

    def make(
        *, key: str = "sk-typed-key", model: str = "big", desk: Desk | None = None, **entry: object
    ) -> tuple[ConnectionTest, Prober]:
        whole: JsonObject = {
            "name": "Acme",
            "api_base_url": upstream.chat_url,
            "models": ["big"],
            **entry,
        }
        view = ConnectionTest()
        shown(view)
        candidate = Candidate(entry=whole, key=key, model=model)
        prober = Prober(view, desk or desk_of({}), lambda: candidate)
        view.start_wanted.connect(prober.start)
        return view, prober

    return make


def fix(view: ConnectionTest, mend: Mend) -> QPushButton:
    found = view.fixes.findChild(QPushButton, f"fix-{mend}")
    assert found is not None
    return found


async def outcome(view: ConnectionTest) -> str:
    await eventually(lambda: view.trial.result or view.trial.problem)
    return view.trial.result or view.trial.problem


async def test_a_provider_that_works_passes_four_steps(
    qloop: Loop, testing: Testing, upstream: Upstream, desk_of: MakeDesk
) -> None:
    serve(upstream)
    desk = desk_of({})
    view, prober = testing(desk=desk)
    heard: list[bool] = []
    prober.ended.connect(heard.append)

    QTest.mouseClick(view.button, Qt.MouseButton.LeftButton)

    words = await outcome(view)
    assert words.startswith("It works. ")
    assert "0.0 s" not in words, "an answer took some time"
    assert heard == [True]
    assert TEST in steps_reached(desk.memory), "a step of the first day"
    assert [step.state for step in view.trial.steps] == ["ok"] * 4
    assert "Uses a few tokens" not in view.outcome.text()


async def test_without_a_model_nothing_is_asked_but_the_list(
    qloop: Loop, testing: Testing, upstream: Upstream
) -> None:
    serve(upstream)
    view, prober = testing(model="", models=[])

    prober.start()

    assert await outcome(view) == "No model is chosen yet, and the test has to ask one."
    assert [step.state for step in view.trial.steps] == ["ok", "skipped", "failed", "skipped"]
    assert fix(view, Mend.CHOOSE_MODEL).text() == "Choose a model"
    assert [request.method for request in upstream.requests] == ["GET"]


async def test_the_key_that_was_typed_is_used_and_stored_nowhere(
    qloop: Loop, testing: Testing, upstream: Upstream, desk_of: MakeDesk
) -> None:
    serve(upstream)
    desk = desk_of({})
    view, prober = testing(key="sk-typed-key", desk=desk)

    prober.start()
    await outcome(view)

    used = {request.headers["authorization"] for request in upstream.requests}
    assert used == {"Bearer sk-typed-key"}
    assert await desk.secrets.names(["Acme"]) == []


async def test_a_key_in_use_serves_while_its_store_is_locked(
    qloop: Loop,
    testing: Testing,
    upstream: Upstream,
    desk_of: MakeDesk,
    memory: MemorySecrets,
) -> None:
    serve(upstream)
    memory.set("Acme", "sk-stored")
    entry = {"name": "Acme", "api_base_url": upstream.chat_url, "models": ["big"]}
    desk = desk_of({"Providers": [{**entry, "api_key": "keyring:Acme"}]})
    memory.get = keeps_back  # type: ignore[method-assign]
    view, prober = testing(key="", api_key="keyring:Acme", desk=desk)

    prober.start()

    assert (await outcome(view)).startswith("It works. ")
    used = {request.headers["authorization"] for request in upstream.requests}
    assert used == {"Bearer sk-stored"}


async def test_a_locked_store_is_not_told_as_a_key_that_is_missing(
    qloop: Loop,
    testing: Testing,
    upstream: Upstream,
    desk_of: MakeDesk,
    memory: MemorySecrets,
) -> None:
    memory.get = keeps_back  # type: ignore[method-assign]
    desk = desk_of({})
    view, prober = testing(key="", api_key="keyring:Acme", desk=desk)

    prober.start()

    assert await outcome(view) == "Your system's password store is locked."
    assert upstream.requests == []


def keeps_back(_name: str) -> str | None:
    raise problem(Place.KEYRING, StoreState.LOCKED)


async def test_steps_are_shown_as_they_happen(
    qloop: Loop, testing: Testing, upstream: Upstream
) -> None:
    serve(upstream, hello=text("ready") + text("!"))
    view, prober = testing()
    states: list[list[str]] = []

    def note(trial: object) -> None:
        states.append([step.state for step in view.trial.steps])

    show = view.show_trial
    view.show_trial = lambda trial: (show(trial), note(trial))[0]  # type: ignore[method-assign]
    prober.start()
    await outcome(view)

    assert states[0] == ["running", "waiting", "waiting", "waiting"]
    assert ["ok", "running", "waiting", "waiting"] in states
    assert states[-1] == ["ok"] * 4


@pytest.mark.parametrize(
    ("status", "words", "mend"),
    [
        (401, "did not accept this key", Mend.ENTER_KEY),
        (402, "balance is empty", None),
        (429, "too many requests", None),
        (500, "answered with an error", None),
    ],
    ids=["key", "money", "too many", "other"],
)
async def test_each_failure_has_its_words_and_its_button(
    testing: Testing, upstream: Upstream, status: int, words: str, mend: Mend | None
) -> None:
    serve(upstream, hello=refusal(status, "the reason"))
    view, prober = testing()

    prober.start()

    assert words in await outcome(view)
    assert view.button.text() == "Test again"
    assert [found.mend for found in view.trial.fixes] == ([mend] if mend else [])
    assert view.details.isVisible()


@pytest.mark.parametrize(
    ("refused", "words", "mends"),
    [
        (
            ("sk-typed-key",),
            "Acme did not accept the main key. The other keys are used.",
            [Mend.ENTER_KEY],
        ),
        (
            ("sk-typed-key", "sk-extra-two"),
            "Acme did not accept the main key, extra key 2. The other keys are used.",
            [Mend.ENTER_KEY, Mend.EDIT_POOL],
        ),
        (("sk-extra-one",), "did not accept extra key 1. The", [Mend.EDIT_POOL]),
        (
            ("sk-typed-key", "sk-extra-one", "sk-extra-two"),
            "accepted none of these keys",
            [Mend.ENTER_KEY, Mend.EDIT_POOL],
        ),
    ],
    ids=["main", "main and extra", "extra", "all"],
)
async def test_of_several_keys_those_that_are_refused_are_named(
    testing: Testing, upstream: Upstream, refused: tuple[str, ...], words: str, mends: list[Mend]
) -> None:
    serve(upstream, refused=refused)
    view, prober = testing(api_keys=["sk-extra-one", "sk-extra-two"])

    prober.start()

    assert words in await outcome(view)
    assert [found.mend for found in view.trial.fixes] == mends
    rest = ["ok", "ok"] if len(refused) < 3 else ["skipped", "skipped"]
    assert [step.state for step in view.trial.steps] == ["ok", "failed", *rest]
    assert "sk-" not in f"{view.trial}"


async def test_a_wrong_end_of_the_address_is_named_as_that(
    qloop: Loop, testing: Testing, upstream: Upstream
) -> None:
    upstream.respond(lambda _: Raw(status=404, body=b"Not Found"))
    view, prober = testing()

    prober.start()

    assert "knows nothing at this address" in await outcome(view)
    assert fix(view, Mend.EDIT_ADDRESS).isVisible()
    assert [step.state for step in view.trial.steps] == ["ok", "skipped", "failed", "skipped"]


async def test_a_web_page_at_the_address_is_named_as_that(
    qloop: Loop, testing: Testing, upstream: Upstream
) -> None:
    upstream.respond(lambda _: Raw(status=200, body=b"<html><h1>It works!</h1></html>"))
    view, prober = testing()

    prober.start()

    assert "There is a web page at this address" in await outcome(view)
    assert fix(view, Mend.EDIT_ADDRESS).isVisible()


async def test_https_that_is_not_spoken_is_named_as_that(
    qloop: Loop, testing: Testing, upstream: Upstream
) -> None:
    serve(upstream)
    view, prober = testing(api_base_url=upstream.chat_url.replace("http://", "https://"))

    prober.start()

    assert "does not speak https" in await outcome(view)
    assert fix(view, Mend.EDIT_ADDRESS).isVisible()


async def test_the_closest_model_is_offered(
    qloop: Loop, testing: Testing, upstream: Upstream
) -> None:
    serve(upstream, models=("kimi-k2.7", "other"), hello=refusal(404, "no such model"))
    view, prober = testing(model="kimi-k27")
    wanted: list[Fix] = []
    prober.fix_wanted.connect(wanted.append)

    prober.start()
    said = await outcome(view)
    fix(view, Mend.USE_MODEL).click()

    assert said == "Acme has no model named “kimi-k27”. Closest: “kimi-k2.7”."
    assert [(found.mend, found.value) for found in wanted] == [(Mend.USE_MODEL, "kimi-k2.7")]


async def test_a_model_that_only_talks_can_be_replaced(
    qloop: Loop, testing: Testing, upstream: Upstream
) -> None:
    serve(upstream, tools=text("I would rather not"))
    view, prober = testing()

    prober.start()

    assert await outcome(view) == "big cannot use tools, which Claude Code needs."
    assert fix(view, Mend.CHOOSE_MODEL).isEnabled()


async def test_a_server_here_that_is_off_is_checked_again_by_a_click(
    qloop: Loop, testing: Testing, upstream: Upstream, unused_tcp_port: int
) -> None:
    serve(upstream)
    address = f"http://127.0.0.1:{unused_tcp_port}/v1/chat/completions"
    view, prober = testing(api_base_url=address)

    prober.start()
    assert await outcome(view) == "Acme is not running on this computer."
    view.button.click()

    assert view.trial.is_running
    await outcome(view)


async def test_a_test_is_stopped_by_its_button(
    qloop: Loop, testing: Testing, upstream: Upstream
) -> None:
    upstream.respond(lambda _: Raw(delay_s=30))
    view, prober = testing()
    prober.start()
    await eventually(lambda: upstream.requests)

    view.button.setFocus()
    QTest.keyClick(view.button, Qt.Key.Key_Space)

    assert await outcome(view) == "The test was stopped."
    assert view.button.text() == "Test again"


def test_more_models_in_a_list_change_nothing_of_what_was_tested() -> None:
    one = Candidate(entry={"name": "Acme", "models": ["big"]})
    more = Candidate(entry={"name": "Acme", "models": ["big", "small"]})
    other = Candidate(entry={"name": "Acme", "models": ["small", "big"]})

    assert one.tests_as(more)
    assert not one.tests_as(other)
    assert not one.tests_as(replace(one, key="sk-other"))


async def test_an_entry_that_can_not_be_read_fails_at_the_address(
    qloop: Loop, testing: Testing
) -> None:
    view, prober = testing(api_base_url="not an address")

    prober.start()
    await outcome(view)

    assert [step.state for step in view.trial.steps] == ["failed", "skipped", "skipped", "skipped"]
    assert "no address" in view.trial.detail
