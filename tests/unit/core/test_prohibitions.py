"""What rules forbid, from the bytes of requests on: nothing that is quoted or guessed lifts it."""

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.planner import Planner
from ccr_desktop.core.routing import real_paths
from ccr_desktop.core.routing.tokens import TokenCounter
from tests.unit.core.routing.facts import ROUTES, JsonObject, body, described

SESSION = "00000000-0000-4000-8000-000000000001"
SECRET = "/clients/secret"


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


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    secret, link = tmp_path / "secret", tmp_path / "link"
    secret.mkdir()
    link.symlink_to(secret)
    return {"tmp": tmp_path, "secret": secret, "link": link}


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("{secret}", "{link}"),
        ("{link}", "{secret}"),
        ("{link}/x*", "{secret}/x1"),
        ("{tmp}/other/../secret", "{secret}"),
        ("{secret}/**", "{secret}"),
        ("{secret} ", "{secret}"),
        ("{secret}/", "{secret}/x"),
        ("~/secret", "{secret}"),
        ("{secret}", "{tmp}/x/../secret"),
        ("{secret}", "/{secret}"),
        ("{secret}", "`{secret}`"),
        ("{secret}", "{secret} (git repo)"),
        ("{secret}", "~/secret"),
        ("{secret}", "secret"),
        ("{secret}", "."),
        ("{secret}", "{secret}\r"),
    ],
)
async def test_no_other_name_of_a_folder_is_a_way_around(
    places: dict[str, Path], pattern: str, told: str
) -> None:
    planner = forbidding(folder=pattern.format(**places))

    assert await route_of(planner, inside("/tmp/elsewhere")) == "main,base"
    assert (
        await route_of(forbidding(folder=pattern.format(**places)), inside(told.format(**places)))
        == "a,m"
    )


async def test_a_disk_that_does_not_answer_lifts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    ending = threading.Event()
    monkeypatch.setattr(real_paths, "_PATIENCE_S", 0.01)
    monkeypatch.setattr(real_paths, "_real", lambda name: (ending.wait(5), name)[1])
    planner = forbidding(folder=SECRET)

    try:
        assert await route_of(planner, inside("/tmp")) == "a,m"
    finally:
        ending.set()


async def test_what_a_projects_file_forbids_holds_where_its_session_goes_next(home: Path) -> None:
    file = home / ".claude-code-router" / SECRET.replace("/", "-") / "config.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"Router": {"rules": [{"name": "stay", "only": ["a"]}]}}))
    planner = Planner(described(Router={**ROUTES, "default": ["main,base", "a,m"]}))

    assert await route_of(planner, inside("/tmp")) == "main,base"
    assert await route_of(planner, inside(SECRET)) == "a,m"
    assert await route_of(planner, inside("/tmp")) == "a,m"


# -- tokens ------------------------------------------------------------------------------------

_SPARSE_THEN_DENSE = " " * 640_000 + "a1]k;9" * 2000 + " " * 200_000


async def test_no_prohibition_trusts_an_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    request, counter = body(words=_SPARSE_THEN_DENSE), Planner(described())
    number, _ = await counter.count(request, exactly=True)
    monkeypatch.setattr(TokenCounter, "estimate", lambda *_: 1)

    assert await route_of(forbidding(tokensOver=number - 1), request) == "a,m"
    assert await route_of(forbidding(tokensOver=number), request) == "main,base"


async def test_where_nothing_is_forbidden_by_size_an_estimate_is_enough(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(TokenCounter, "estimate", lambda *_: 100_000)
    rules = [
        {"name": "big", "when": {"tokensOver": 90_000}, "route": "Other,A/b"},
        {"name": "huge", "when": {"tokensOver": 9_000_000}, "never": ["Other"]},
    ]
    planner = Planner(described(Router={**ROUTES, "rules": rules}))

    assert await route_of(planner, body(words=_SPARSE_THEN_DENSE)) == "Other,A/b"


# -- all that is sent --------------------------------------------------------------------------

_USE: JsonObject = {"type": "tool_use", "id": "x", "name": "mcp__secret", "input": {"a": 1}}


def _answered(first: object, *, result: object = "", newest: str = "and now?") -> JsonObject:
    use = {**_USE, "name": "read"}
    answer = {"type": "tool_result", "tool_use_id": "x", "content": result}
    turns = [("user", first), ("assistant", [use]), ("user", [answer])]
    turns += [("assistant", "ok"), ("user", newest)]
    return body(messages=[{"role": role, "content": content} for role, content in turns])


@pytest.mark.parametrize(
    "request_body",
    [
        pytest.param(_answered("a Confidential plan"), id="an earlier message"),
        pytest.param(_answered("hi", result="CONFIDENTIAL"), id="a result"),
        pytest.param(
            _answered("hi", result=[{"type": "text", "text": "CONFIDENTIAL"}]),
            id="a result's block",
        ),
        pytest.param(body(system="CONFIDENTIAL"), id="the system prompt"),
        pytest.param(body(tools=[{"name": "x", "description": "CONFIDENTIAL"}]), id="a tool"),
        pytest.param(_answered([{**_USE, "input": {"CONFIDENTIAL": 1}}]), id="an input"),
        pytest.param(
            _answered([{"type": "document", "source": {"type": "text", "data": "CONFIDENTIAL"}}]),
            id="a document",
        ),
        pytest.param(_answered([{"type": "thinking", "thinking": "CONFIDENTIAL"}]), id="thinking"),
    ],
)
async def test_words_are_forbidden_wherever_they_are_sent(request_body: JsonObject) -> None:
    assert await route_of(forbidding(contains="confidential"), request_body) == "a,m"


async def test_a_choice_looks_at_the_newest_message_only() -> None:
    rules = [{"name": "r", "when": {"contains": "CONFIDENTIAL"}, "route": "a,m"}]
    planner = Planner(described(Router={**ROUTES, "rules": rules}))

    assert await route_of(planner, _answered("CONFIDENTIAL")) == "main,base"
    assert await route_of(planner, _answered("hi", newest="CONFIDENTIAL")) == "a,m"


async def test_letters_that_encode_a_picture_are_no_words() -> None:
    source = {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo"}

    request = _answered([{"type": "image", "source": source}])

    assert await route_of(forbidding(contains="ivborw"), request) == "main,base"


async def test_a_tool_that_was_called_is_forbidden_like_one_that_is_offered() -> None:
    called = body(
        messages=[
            {"role": "user", "content": "hi"},
            {"role": "assistant", "content": [_USE]},
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "x"}]},
        ]
    )
    offered = body(tools=[{"name": "mcp__secret"}])

    for request in (called, offered):
        assert await route_of(forbidding(tool="mcp__secret*"), request) == "a,m"
    assert await route_of(forbidding(tool="mcp__secret*"), body()) == "main,base"
