"""Past requests in the list of "Try it": told apart, and not cut."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint

from ccr_desktop.core.observe.journal import Entry
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.routes.past_requests import past_choice
from ccr_desktop.desktop.widgets.buttons import PlainButton
from tests.unit.desktop.pages.routes.opened import configuration, opened
from tests.unit.desktop.scenes import ended
from tests.unit.desktop.waiting import eventually


class ByRule:
    def as_json(self) -> dict[str, Any]:
        steps = [
            {"rule": "rule:Day", "matched": False, "reason": ""},
            {"rule": "rule:Night", "matched": True, "reason": ""},
            {"rule": "contextWindow", "matched": True, "reason": ""},
        ]
        return {"scenario": "rule", "route": "a,m", "tokens": 45_600, "trace": steps}


PAST = Entry(
    request_id="1",
    at_s=0.0,
    model="claude-sonnet-5",
    folder="/home/me/website",
    scenario="default",
    route="deepseek,chat",
    status=200,
    duration_s=1.0,
)


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        (PAST, "Main work"),
        (replace(PAST, scenario="rule", decision=ByRule()), "Your rule “Night”"),
        (replace(PAST, scenario="rule"), "Own rule"),
        (replace(PAST, scenario="explicit"), "Chosen by name"),
        (replace(PAST, status=529), "Main work · Overloaded"),
        (replace(PAST, status=None), "Main work · Running"),
        (replace(PAST, scenario="", status=413), "Too long before a model was chosen"),
        (replace(PAST, scenario="", status=400), "Refused before a model was chosen"),
    ],
)
def test_the_title_says_what_it_was_and_what_became_of_it(entry: Entry, title: str) -> None:
    assert past_choice(entry).title.endswith(f"  {title}")


def test_the_rest_says_where_it_came_from_and_who_answered() -> None:
    told = past_choice(replace(PAST, decision=ByRule())).detail

    assert told == "website · claude-sonnet-5 → chat · 45k"


async def test_the_list_is_as_wide_as_its_lines_and_at_its_button(qloop: Loop) -> None:
    rules = [{"when": {"folder": "/x"}, "route": "a,m"}]
    async with opened(configuration(Router={"default": "a,m", "rules": rules})) as app:
        route = "deepseek,a-model-with-quite-a-long-name-2026-11-26"
        app.desk.bridge.journal.note(ended(route, 529, scenario="longContext"))

        app.page.show_detail("rules")
        button = app.page.findChild(PlainButton, "test-past")
        assert button
        button.click()

        form = app.page.try_it.form
        await eventually(form._past.isVisible)
        shown, index = form._past, form._past.model.index(0)
        assert shown._paints.wanted_width(index) <= shown.list.viewport().width()
        at = form.past_button.mapToGlobal(QPoint())
        assert shown.x() - 8 <= at.x() <= shown.x() + shown.width()
        assert abs(shown.y() - at.y() - form.past_button.height()) < 12 or shown.y() < at.y()
