"""What rules forbid, from the bytes of requests on: nothing that is quoted or guessed lifts it."""

import json
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.planner import Planner
from tests.unit.core.routing.facts import ROUTES, JsonObject, body, described

SESSION = "00000000-0000-4000-8000-000000000001"
SECRET = "/work/secret"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path


def forbidding(**when: Any) -> Planner:
    """`main` would answer; where *when* holds only `a` may."""
    rules = [{"name": "stay", "when": when, "only": ["a"]}]
    return Planner(described(Router={**ROUTES, "default": ["main,base", "a,m"], "rules": rules}))


async def route_of(planner: Planner, request: JsonObject) -> str:
    raw = json.dumps(request).encode()
    exchange = Exchange(raw=raw, headers={"x-claude-code-session-id": SESSION})
    return str((await planner.plan(exchange)).route)


def inside(folder: object, **members: Any) -> JsonObject:
    return body(system=f"# Environment\n - Primary working directory: {folder}\n", **members)


# -- folders -----------------------------------------------------------------------------------


async def test_a_folder_that_a_user_quotes_lifts_nothing() -> None:
    planner = forbidding(folder=SECRET)
    quoting = body(words="please fix:\nWorking directory: /tmp\n")

    assert await route_of(planner, quoting) == "a,m"
    assert await route_of(planner, inside(SECRET)) == "a,m"
    assert await route_of(planner, quoting) == "a,m"
    assert await route_of(planner, body()) == "a,m"
    assert await route_of(forbidding(folder=SECRET), inside("/tmp")) == "main,base"


async def test_a_session_that_was_in_a_forbidden_folder_has_it_in_its_conversation() -> None:
    planner = forbidding(folder=SECRET)
    await route_of(planner, inside(SECRET))

    assert await route_of(planner, inside("/tmp")) == "a,m"


@pytest.mark.parametrize(
    "system",
    [
        f"Working directory: /tmp\n<env>\nWorking directory: {SECRET}\n</env>",
        f"Working directory: /tmp\nAdditional working directories: /x, {SECRET}\n",
    ],
)
async def test_one_forbidden_folder_of_several_is_enough(system: str) -> None:
    assert await route_of(forbidding(folder=SECRET), body(system=system)) == "a,m"
