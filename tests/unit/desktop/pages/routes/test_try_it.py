""" "Try it" on the page: each change is answered, with the service and without."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from ccr_desktop.core.observe.asked import Asked
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.routes.told import Told
from ccr_desktop.desktop.trial import Trial
from tests.support.upstream import Upstream
from tests.unit.desktop.pages.routes.opened import Opened, configuration, opened, press
from tests.unit.desktop.scenes import ended, routed
from tests.unit.desktop.waiting import eventually

pytestmark = pytest.mark.usefixtures("look")
ROUTER = {"default": ["a,m", "a,n"], "background": "b,small", "longContext": "b,large"}


async def _told(app: Opened, beginning: str) -> Told:
    decision = app.page.try_it.decision
    await eventually(lambda: decision.told and decision.told.headline.startswith(beginning))
    assert decision.told is not None
    return decision.told


@pytest.mark.parametrize("runs", [True, False])
async def test_the_decision_follows_what_stands_in_the_fields(
    upstream: Upstream, qloop: Loop, runs: bool
) -> None:
    async with opened(configuration(upstream.url, Router=ROUTER), runs=runs) as app:
        press(app.page.try_it.head, Qt.Key.Key_Space)
        told = await _told(app, "m from a would answer.")
        assert told.facts[:2] == ("Decided by: Main work", "Backup models: n")
        assert told.steps[-1].matched

        form = app.page.try_it.form
        form.tokens.setFocus()
        form.tokens.selectAll()
        QTest.keyClicks(form.tokens, "70000")
        press(form.tokens, Qt.Key.Key_Return)
        told = await _told(app, "large from b")
        assert told.facts[2].startswith("Size: 70,00")

        form.show_trial(Trial(model="claude-haiku-4-5"))
        await _told(app, "small from b")

    assert upstream.requests == []


async def test_a_refusal_is_told_in_words(qloop: Loop) -> None:
    async with opened(configuration(Router={"default": "b,small"})) as app:
        app.page.try_it.set_opened(True)
        app.page.try_it.form.show_trial(Trial(tokens=60_000))

        told = await _told(app, "It would be refused.")

        assert told.is_refused
        assert told.facts[0].startswith("It is too long for the model (60,0")


async def test_a_changed_route_is_tried_anew(qloop: Loop) -> None:
    async with opened(configuration()) as app:
        app.page.try_it.set_opened(True)
        await _told(app, "m from a")

        app.page.kinds.routes_wanted.emit("default", ("b,large",))

        await _told(app, "large from b")


async def test_a_past_request_fills_the_fields_and_says_what_is_not_kept(qloop: Loop) -> None:
    async with opened(configuration(Router=ROUTER)) as app:
        form = app.page.try_it.form
        app.page.try_it.set_opened(True)
        press(form.past_button, Qt.Key.Key_Space)
        assert form.note.text() == "Nothing has passed through since this app was started."

        app.desk.bridge.journal.note(routed("b,large", Asked(searches_web=True)))
        press(form.past_button, Qt.Key.Key_Space)
        await eventually(form._past.isVisible)
        press(form._past.search, Qt.Key.Key_Return)

        assert form.search.isChecked()
        assert "What was said, headers and other members are not kept" in form.note.text()
        shown = app.page.try_it.decision
        await eventually(lambda: "m from a" in " ".join(shown.told.facts if shown.told else ()))


async def test_a_helper_agent_without_a_model_of_its_own_asks_again(qloop: Loop) -> None:
    async with opened(configuration(Router={**ROUTER, "subagent": "b,small"})) as app:
        past = routed("b,small", Asked(is_subagent=True, agent="data-scientist"))
        app.desk.bridge.journal.note(past)
        app.page.show_detail(f"try:{past.request_id}")
        form, shown = app.page.try_it.form, app.page.try_it.decision

        assert form.agent.currentText() == "data-scientist"
        await eventually(lambda: "small from b" in " ".join(shown.told.facts if shown.told else ()))

        await app.desk.bridge.edit(lambda raw: {**raw, "LOG": True}, "Logging")
        await app.settled()
        assert form.agent.currentText() == "data-scientist"


async def test_after_a_past_request_the_present_is_asked_about_again(qloop: Loop) -> None:
    rule = {"when": {"contains": "hello"}, "route": "b,small"}
    async with opened(configuration(Router={**ROUTER, "rules": [rule]})) as app:
        past = routed("b,large", Asked(searches_web=True))
        app.desk.bridge.journal.note(past)
        app.page.show_detail(f"try:{past.request_id}")
        form = app.page.try_it.form
        await _told(app, "It can't be known")

        press(form.now_button, Qt.Key.Key_Space)

        await _told(app, "m from a")
        assert form.trial().at_s is None
        assert form.search.isChecked()
        assert not form.note.isVisible()
        assert not form.now_button.isVisible()
        assert form.past_button.hasFocus()


async def test_of_a_refused_request_it_says_that_less_is_kept(qloop: Loop) -> None:
    async with opened(configuration(Router=ROUTER)) as app:
        past = ended("b,large", 400)
        app.desk.bridge.journal.note(past)
        app.page.show_detail(f"try:{past.request_id}")

        assert "refused before more was kept" in app.page.try_it.form.note.text()


async def test_activity_opens_a_past_request_there(qloop: Loop) -> None:
    async with opened(configuration(Router=ROUTER)) as app:
        past = routed("b,large", Asked(searches_web=True))
        app.desk.bridge.journal.note(past)
        app.page.show_detail(f"try:{past.request_id}")

        assert app.page.try_it.is_opened()
        assert app.page.try_it.form.search.isChecked()
        app.page.show_detail("failover")
        assert app.page.tabs.row.current() == "failover"


async def test_other_pages_open_it_without_a_request(qloop: Loop) -> None:
    async with opened(configuration(Router=ROUTER)) as app:
        app.page.show_detail("rules")
        app.page.show_detail("try")

        assert app.page.try_it.is_opened()
        assert app.page.tabs.row.current() == "work"
        await eventually(app.page.try_it.form.text.hasFocus)


async def test_it_stays_open_for_the_next_start(qloop: Loop) -> None:
    async with opened(configuration()) as app:
        app.page.try_it.set_opened(True)
        assert app.desk.memory.get("routes.tryIt", False) is True
    async with opened(configuration()) as app:
        assert app.page.try_it.is_opened()
        await app.settled()


async def test_fields_that_go_away_part_by_part_ask_nothing_of_the_rest(qloop: Loop) -> None:
    async with opened(configuration()) as app:
        app.page.try_it.set_opened(True)
        delete(app.page.try_it.head)

        app.page.try_it.form.changed.emit()


async def test_in_a_low_window_it_has_all_the_room_until_a_view_is_chosen(qloop: Loop) -> None:
    async with opened(configuration(Router=ROUTER)) as app:
        page = app.page
        page.resize(700, 460)  # as in the smallest window
        page.try_it.set_opened(True)

        def shown(part: QWidget) -> int:
            return part.visibleRegion().boundingRect().height()

        await eventually(lambda: shown(page.try_it.decision) > 220)
        assert shown(page.try_it.form) > 220
        assert page.tabs.stack.isHidden()
        page.resize(900, 1400)
        await eventually(lambda: not page.tabs.stack.isHidden())
        page.resize(700, 460)

        page.tabs.row.set_current("rules")

        assert not page.try_it.is_opened()
        await eventually(lambda: shown(page.tabs.stack) > 220)


async def test_nothing_of_it_is_made_before_somebody_asks(qloop: Loop) -> None:
    async with opened(configuration(Router=ROUTER)) as app:
        assert not app.page.try_it.is_made

        app.page.try_it.set_opened(True)

        names = [choice.key for choice in app.page.try_it.form.model.choices()]
        assert "b,large" in names
        await _told(app, "m from a would answer.")


@pytest.mark.parametrize("tab", ["work", "rules", "folders", "failover"])
async def test_on_each_view_one_line_says_what_would_answer(qloop: Loop, tab: str) -> None:
    async with opened(configuration(Router=ROUTER)) as app:
        app.page.tabs.row.set_current(tab)
        try_it = app.page.try_it

        words = "An ordinary request: m from a would answer. Backup models: n"
        await eventually(lambda: try_it.line.isVisible() and try_it.line.text() == words)
        assert not try_it.is_made

        app.page.kinds.routes_wanted.emit("default", ("b,large",))
        await eventually(lambda: "large from b would answer." in try_it.line.text())


async def test_closed_it_says_what_would_answer_the_request_in_it(qloop: Loop) -> None:
    projects = {"/code": "b,small"}
    async with opened(configuration(Router=ROUTER, projects=projects)) as app:
        app.page.show_detail("folders")
        app.page.try_it.set_opened(True)
        app.page.try_it.form.folder.setText("/code")
        await _told(app, "small from b")
        answers: list[object] = []
        app.page.trial_changed.connect(answers.append)

        app.page.try_it.set_opened(False)

        assert app.page.try_it.line.text().startswith("The request in it: small from b")
        await app.settled()
        assert set(answers) == {None}


async def test_open_it_has_the_same_room_on_each_view_and_the_view_has_more(qloop: Loop) -> None:
    async with opened(configuration(Router=ROUTER)) as app:
        page = app.page
        page.resize(860, 650)  # as in a window of 1080x720
        page.try_it.set_opened(True)
        await _told(app, "m from a would answer.")
        highs = set()
        for tab in ("work", "rules", "folders", "failover"):
            page.tabs.row.set_current(tab)
            await app.settled()
            highs.add(page.try_it.height())
            assert page.tabs.stack.height() >= page.try_it.height()
        assert len(highs) == 1
