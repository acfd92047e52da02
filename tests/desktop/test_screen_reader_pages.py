"""A screen reader goes through the whole window: all that can have the cursor says what it is."""

import asyncio
import re
import time

import pytest

from ccr_desktop.desktop.pages.registry import WIZARD, pages
from ccr_desktop.desktop.pages.routes.tabs import tabs
from ccr_desktop.desktop.pages.settings.sections import sections
from tests.desktop.running import RunningApp
from tests.desktop.screen_reader import Part, ScreenReader
from tests.desktop.session import Desktop
from tests.desktop.waiting import LIMIT_S
from tests.support.upstream import Upstream

_STEP_S = 0.3
INNER = {
    "routes": [tab.label for tab in tabs()],
    "settings": [section.label for section in sections()],
}
"""What a page shows one of at a time."""
Seen = list[tuple[Part, set[str]]]


@pytest.mark.timeout(600)
async def test_nothing_without_a_name_has_the_cursor(
    desktop: Desktop, reader: ScreenReader, provider: Upstream
) -> None:
    app = RunningApp(desktop, provider)
    app.change(
        routeSets={"Night": {"default": "mock,main-model"}},
        projects={"/clients": "Night"},
        Router={
            **app.settings["Router"],
            "agents": {"Explore": "mock,small-model"},
            "rules": [{"when": {"folder": "/clients"}, "only": ["mock"]}],
        },
        PROXY_URL="http://127.0.0.1:9",
        transformers=[{"path": "~/mine.py"}],
    )
    program = app.start(**reader.environment)
    await app.router(runs=True)
    wrong: list[str] = []

    async def look(place: str) -> None:
        found = await at_rest(reader)
        wrong.extend(f"{place}: {words}" for words in unnamed(found))
        assert any(states >= {"showing", "focusable"} for _, states in found)

    for page in pages():
        if page.key == WIZARD:
            continue
        await reader.press(await reader.find("check box", page.title))
        for name in INNER.get(page.key, ()):
            await reader.press(await reader.find("radio button", name))
            await look(f"{page.title}, {name}")
        if page.key not in INNER:
            await look(page.title)

    assert not wrong, "\n".join(wrong)
    assert not re.search(r"\bQ[A-Z]\w+::", program.output()), "Qt was asked for something odd"


async def at_rest(reader: ScreenReader) -> Seen:
    """What is to be seen once it stays the same for a moment."""
    ends, before = time.monotonic() + LIMIT_S, Seen()
    while time.monotonic() < ends:
        now = [(part, await reader.states(part)) async for part in reader.parts()]
        if now and now == before:
            return now
        before = now
        await asyncio.sleep(_STEP_S)
    raise AssertionError("it never stays the same")


def unnamed(found: Seen) -> list[str]:
    """Which parts can be used, or can have the cursor, and say nothing of themselves."""
    return [
        f"{part.role} after {found[number - 1][0].name!r}"
        for number, (part, states) in enumerate(found)
        if "focusable" in states and not part.name.strip()
    ]
