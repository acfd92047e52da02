"""From bytes to a decision, with the user's files, his own router and the session's memory."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.planner import Planner
from ccr_desktop.core.routing import custom
from tests.unit.core.routing.facts import ROUTES, JsonObject, body, described

SESSION = "00000000-0000-4000-8000-000000000001"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path


def exchange(request: JsonObject | None = None, **headers: str) -> Exchange:
    raw = json.dumps(request or body()).encode()
    return Exchange(raw=raw, headers={"x-claude-code-session-id": SESSION, **headers})


def inside(folder: object, **members: Any) -> JsonObject:
    return body(system=f"# Environment\n - Primary working directory: {folder}\n", **members)


async def route_of(planner: Planner, request: JsonObject | None = None) -> str:
    return str((await planner.plan(exchange(request))).route)


# -- the tag -----------------------------------------------------------------------------------


async def test_the_tag_is_gone_from_what_is_sent_on_whatever_rule_wins() -> None:
    planner = Planner(described())
    tag = "<CCR-SUBAGENT-MODEL>a,m</CCR-SUBAGENT-MODEL>"

    for model, expected in (("claude-opus", "a,m"), ("main,base", "main,base")):
        request = exchange(body(model, system=f"{tag}Work."))
        assert str((await planner.plan(request)).route) == expected
        assert b"SUBAGENT" not in request.raw
        assert json.loads(request.raw) == request.body == body(model, system="Work.")


async def test_a_request_without_a_tag_keeps_its_bytes() -> None:
    request = exchange()
    before = request.raw

    await Planner(described()).plan(request)

    assert request.raw is before


# -- custom router -----------------------------------------------------------------------------


def written(folder: Path, source: str) -> str:
    path = folder / "router.py"
    path.write_text(source, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def route(request, config): return 'a,m'", id="plain"),
        pytest.param("async def route(request, config): return 'A, m'", id="async"),
        pytest.param("def route(request, config): return ['a,m', 'other,A/b']", id="list"),
    ],
)
async def test_the_custom_router_may_choose(tmp_path: Path, source: str) -> None:
    planner = Planner(described(CUSTOM_ROUTER_PATH=written(tmp_path, source)))

    decision = await planner.plan(exchange(body("main,base")))

    assert (str(decision.route), decision.scenario) == ("a,m", "custom")


async def test_the_custom_router_sees_the_request_and_can_not_change_it(tmp_path: Path) -> None:
    source = (
        "def route(request, config):\n"
        "    request.body['messages'].clear()\n"
        "    seen = (request.headers['x-a'], request.session_id, request.token_count > 0)\n"
        "    return 'a,m' if seen == ('1', %r, True) and request.project == '/code' else None\n"
    )
    planner = Planner(described(CUSTOM_ROUTER_PATH=written(tmp_path, source % SESSION)))
    request = exchange(inside("/code"), **{"x-a": "1"})

    assert str((await planner.plan(request)).route) == "a,m"
    assert request.body["messages"]


ODD = """
class Text(str):
    __hash__ = None
    def __eq__(self, other): raise SystemExit
def route(request, config): return Text("a,m")
"""


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("def route(request, config): return None", "leaves it to the rules"),
        ("def route(request, config): 1 / 0", "failed: ZeroDivisionError"),
        ("def route(request, config): return 'nobody,m'", "returned 'nobody,m'"),
        ("def route(request, config): return 7", "returned 7"),
        ("async def route(request, config): import asyncio; await asyncio.sleep(9)", "took longer"),
        ("def other(): pass", "it defines no function"),
        ("def route(:", "SyntaxError"),
        ("raise SystemExit(1)", "it raised SystemExit"),
        ("class X(BaseException): pass\nraise X", "it raised X"),
        (ODD, "returned what can't be read: SystemExit"),
        ("import time; time.sleep(9)", "loading it took longer"),
        ("def route(request, config): raise KeyboardInterrupt", "it raised KeyboardInterrupt"),
        ("def route(request, config): import time; time.sleep(9)", "took longer"),
        ("async def route(request, config): import time; time.sleep(9)", "took longer"),
    ],
)
async def test_whatever_the_custom_router_does_the_rules_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, reason: str
) -> None:
    monkeypatch.setattr(custom, "TIME_LIMIT_S", 0.05 if "took longer" in reason else 60)
    planner = Planner(described(CUSTOM_ROUTER_PATH=written(tmp_path, source)))

    decision = await planner.plan(exchange())

    assert decision.scenario == "default"
    assert reason in next(v.reason for v in decision.trace if v.rule == "custom")
    told = [issue.problem for issue in planner.issues]
    assert (reason in " ".join(told)) == ("leaves it" not in reason)


async def test_the_custom_router_is_loaded_again_when_its_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(custom, "_LOOK_AGAIN_S", -1)
    planner = Planner(described(CUSTOM_ROUTER_PATH=written(tmp_path, "broken(")))

    assert await route_of(planner) == "main,base"
    assert "SyntaxError" in planner.issues[0].problem
    written(tmp_path, "def route(request, config): return 'a,m'")
    assert await route_of(planner) == "a,m"
    assert planner.issues == []


@pytest.mark.parametrize(
    "content", ["Ship it", [{"type": "text", "text": "Ship"}, {"type": "text", "text": "it"}]]
)
async def test_the_custom_router_need_not_know_the_forms_of_content(
    tmp_path: Path, content: Any
) -> None:
    source = "def route(request, config): return 'a,m' if 'Ship' in request.text else None"
    planner = Planner(described(CUSTOM_ROUTER_PATH=written(tmp_path, source)))
    request = {**body(), "messages": [{"role": "user", "content": content}]}

    assert await route_of(planner, request) == "a,m"


async def test_the_custom_router_sees_the_tag_that_nobody_else_gets(tmp_path: Path) -> None:
    source = "def route(request, config): return 'a,m' if 'CCR-' in request.text else None"
    planner = Planner(described(CUSTOM_ROUTER_PATH=written(tmp_path, source)))
    request = exchange(body(words="<CCR-SUBAGENT-MODEL>main,x</CCR-SUBAGENT-MODEL>Work."))

    assert str((await planner.plan(request)).route) == "a,m"
    assert b"SUBAGENT" not in request.raw


async def test_a_custom_router_that_hangs_takes_nothing_else_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "def route(request, config): import time; time.sleep(9)")
    planner = Planner(described(CUSTOM_ROUTER_PATH=path))
    await planner.look()
    monkeypatch.setattr(custom, "TIME_LIMIT_S", 0.02)

    decisions = [await planner.plan(exchange()) for _ in range(12)]

    assert {str(decision.route) for decision in decisions} == {"main,base"}
    assert "earlier calls of it still run" in decisions[-1].trace[0].reason
    assert await asyncio.to_thread(lambda: "free") == "free"


async def test_a_call_that_works_again_ends_the_complaint(tmp_path: Path) -> None:
    source = "def route(request, config): return {'1': 'a,m'}[request.headers['x-a']]"
    planner = Planner(described(CUSTOM_ROUTER_PATH=written(tmp_path, source)))

    await planner.plan(exchange())
    assert "KeyError" in planner.issues[0].problem
    await planner.plan(exchange(**{"x-a": "1"}))
    assert planner.issues == []


async def test_a_missing_file_is_one_problem(tmp_path: Path) -> None:
    planner = Planner(described(CUSTOM_ROUTER_PATH=str(tmp_path / "gone.py")))
    await planner.plan(exchange())

    assert planner.issues == []
    assert [issue.where for issue in planner.config.issues].count("CUSTOM_ROUTER_PATH") == 1


# -- projects ----------------------------------------------------------------------------------


async def test_the_longest_folder_of_the_projects_counts() -> None:
    planner = Planner(
        described(
            routeSets={"cheap": {"default": "a,m"}},
            projects={"/code": "cheap", "/code/acme": "other,A/b"},
        )
    )

    assert await route_of(planner, inside("/code/x")) == "a,m"
    assert await route_of(planner, inside("/code/acme/src")) == "Other,A/b"
    assert await route_of(planner, inside("/home")) == "main,base"
    decision = await planner.plan(exchange(inside("/code/acme")))
    assert decision.as_json()["trace"][-1] == {
        "rule": "project",
        "matched": True,
        "reason": "/code/acme has Other,A/b",
    }
    assert (decision.scenario, decision.reason) == ("default", "/code/acme has Other,A/b")
    chosen = await planner.plan(exchange(inside("/code/acme", model="a,m")))
    assert [v.rule for v in chosen.trace if v.matched] == ["explicit"]
    assert chosen.trace[0].rule == "project"


async def test_a_session_stays_in_its_folder_when_later_requests_do_not_say_it() -> None:
    planner = Planner(described(projects={"/code": "a,m"}))

    await planner.plan(exchange(inside("/code")))

    assert await route_of(planner) == "a,m"


async def test_a_header_may_tell_the_folder() -> None:
    planner = Planner(described(projects={"/code": "a,m", "/w k": "a,m"}))

    for header, expected in (
        ("/code", "a,m"),
        ("/w%20k/x", "a,m"),
        ("/home", "main,base"),
        ("work", "main,base"),
        ("/code%00", "main,base"),
    ):
        request = Exchange(raw=json.dumps(body()).encode(), headers={"x-ccr-folder": header})
        assert str((await planner.plan(request)).route) == expected


async def test_the_transcript_tells_the_folder_too(home: Path) -> None:
    transcript = home / ".claude" / "projects" / "-code" / f"{SESSION}.jsonl"
    planner = Planner(described(projects={"/code": "a,m"}))

    assert await route_of(planner) == "main,base"  # not known yet
    transcript.parent.mkdir(parents=True)
    transcript.write_text('{"type":"summary"}\n{"cwd":"/code","type":"user"}\n')
    assert await route_of(planner) == "a,m"


async def test_claude_code_routers_files_for_projects_and_sessions_count(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = home / ".claude-code-router" / "-code"
    folder.mkdir(parents=True)
    planner = Planner(described())
    (folder / "config.json").write_text("{Router: {default: 'a,m'}, /* mine */}")
    assert await route_of(planner, inside("/code")) == "a,m"

    (folder / f"{SESSION}.json").write_text('{"Router": {"default": "other,A/b"}}')
    assert await route_of(planner, inside("/code")) == "Other,A/b"

    (folder / f"{SESSION}.json").write_text('{"Router": {"default": "nobody,x"}}')
    decision = await planner.plan(exchange(inside("/code")))
    assert str(decision.route) == "Other,A/b"
    assert any("nobody" in step.reason for step in decision.trace)
    await planner.plan(exchange(inside("/code")))
    assert caplog.text.count("what it said before holds") == 1

    (folder / f"{SESSION}.json").write_text('{"name": "a session without routes"}')
    assert await route_of(planner, inside("/code")) == "a,m"


async def test_the_rules_and_agents_of_a_projects_route_set_know_what_they_ask_about() -> None:
    rules = [{"when": {"time": ["00:00-12:00", "12:00-24:00"]}, "route": "other,A/b"}]
    planner = Planner(
        described(
            routeSets={
                "timed": {"default": "main,base", "rules": rules},
                "staffed": {"default": "main,base", "agents": {"Explore": "a,m"}},
            },
            projects={"/timed": "timed", "/staffed": "staffed"},
        )
    )
    explorer = "You are a file search specialist for Claude Code. Primary working directory: {}"
    system = [{"type": "text", "text": explorer.format("x\nPrimary working directory: /staffed")}]
    asked = exchange(body(system=system), **{"x-claude-code-agent-id": "a1"})

    assert await route_of(planner, inside("/timed")) == "Other,A/b"
    assert str((await planner.plan(asked)).route) == "a,m"


async def test_an_override_has_its_own_background_and_takes_over_default_and_fallback(
    home: Path,
) -> None:
    folder = home / ".claude-code-router" / "-code"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text('{"Router": {"background": "a,m"}}')
    planner = Planner(described(fallback={"default": ["other,A/b"]}))

    assert await route_of(planner, inside("/code", model="claude-3-5-haiku")) == "a,m"
    decision = await planner.plan(exchange(inside("/code")))
    assert str(decision.route) == "main,base"
    assert [str(route) for route in decision.fallbacks] == ["Other,A/b"]
    assert await route_of(planner, inside("/home", model="claude-3-5-haiku")) == "main,small"


async def test_what_is_forbidden_stays_forbidden_in_every_project() -> None:
    rules = [{"name": "no a", "never": "a"}]
    planner = Planner(
        described(Router={**ROUTES, "rules": rules}, projects={"/w": ["a,m", "main,x"]})
    )

    assert await route_of(planner, inside("/w")) == "main,x"


# -- the rest ----------------------------------------------------------------------------------


async def test_the_users_own_agents_are_known_by_their_files(home: Path) -> None:
    agents = home / ".claude" / "agents"
    agents.mkdir(parents=True)
    (agents / "rev.md").write_text("---\nname: reviewer\nmodel: opus\n---\n\nYou review code.\n")
    planner = Planner(described(Router={**ROUTES, "agents": {"reviewer": "a,m"}}))
    request = body(system=[{"type": "text", "text": "You review code.\n\nEnvironment"}])

    asked = exchange(request, **{"x-claude-code-agent-id": "a1"})

    assert str((await planner.plan(asked)).route) == "a,m"
    assert await route_of(planner, request) == "main,base"  # not a sub-agent


async def test_the_system_prompt_can_be_rewritten(tmp_path: Path) -> None:
    path = tmp_path / "prompt.md"
    path.write_text("Be brief.\n")
    planner = Planner(described(REWRITE_SYSTEM_PROMPT=str(path)))
    prompt = {"type": "text", "text": "Long prompt.\n<env>\ncwd", "cache_control": {"type": "x"}}
    request = exchange(body(system=[{"type": "text", "text": "You are."}, prompt]))

    await planner.plan(request)

    assert request.body["system"][1] == {**prompt, "text": "Be brief.\n<env>\ncwd"}
    assert json.loads(request.raw) == request.body
    path.unlink()
    await planner.plan(request)
    assert planner.issues[0].where == "REWRITE_SYSTEM_PROMPT"


async def test_tokens_are_counted_only_when_a_rule_or_a_window_needs_them() -> None:
    long = body(words="word " * 3000)
    plain, ruled = (
        described(),
        described(Router={**ROUTES, "rules": [{"when": {"tokensOver": 2000}, "route": "a,m"}]}),
    )

    assert (await Planner(plain).plan(exchange(long))).tokens is None
    decision = await Planner(ruled).plan(exchange(long))
    assert (str(decision.route), (decision.tokens or 0) > 2000) == ("a,m", True)


async def test_a_new_configuration_holds_from_the_next_request_on() -> None:
    planner = Planner(described())

    planner.use(described(Router={"default": "a,m"}))

    assert await route_of(planner) == "a,m"


async def test_only_the_conversation_itself_is_remembered_as_long() -> None:
    planner = Planner(described(Router={**ROUTES, "longContextThreshold": 30_000}))
    middling = body(words="word " * 20_500)

    async def after(request: JsonObject, tokens: int, **headers: str) -> str:
        earlier = exchange(request, **headers)
        await planner.plan(earlier)
        planner.learn(earlier, tokens)
        return await route_of(planner, middling)

    agent = {"x-claude-code-agent-id": "a1"}
    assert await after(body(), 50_000, **agent) == "main,base"
    assert await after(body(), 50_000) == "main,long"
    assert await after(body("claude-haiku-5-5"), 500) == "main,long"
    assert await after(body(), 500, **agent) == "main,long"
    assert await after(body("claude-haiku-5-5", tools=[{"name": "Bash"}]), 500) == "main,base"
