"""`ccr providers add` tries what it has added, and keeps it whatever comes of that."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.ports import free_port
from tests.support.turns import call, http_error, text, tool_calls
from tests.support.upstream import Upstream
from tests.unit.cli.conftest import Home, Run

KEY = "sk-planted-0123456789"
WORKS = tool_calls([call("report", {"word": "ready"})])


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream(text("ready")) as server:
        server.respond(lambda request: WORKS if request.tool_names else None)
        yield server


def add(run: Run, url: str, *more: str, **kwargs: Any) -> Any:
    options = ("--url", url, "--model", "big", "--key-stdin", *more)
    return run("providers", "add", "mine", *options, stdin=f"{KEY}\n", **kwargs)


def is_added(user: Home) -> bool:
    return [entry["name"] for entry in user.raw["Providers"]] == ["mine"]


def test_what_works_is_said_to(user: Home, run: Run, upstream: Upstream) -> None:
    said = add(run, upstream.chat_url)

    assert (said.code, is_added(user)) == (0, True)
    steps = [line.split()[:2] for line in said.out.splitlines()[1:]]
    assert steps == [[name, "ok"] for name in ("address", "key", "model", "tools")]
    assert "mine,big works." in said.err
    assert upstream.requests[-1].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in said.out + said.err


def test_a_key_that_is_refused_is_told_and_the_provider_stays(
    user: Home, run: Run, upstream: Upstream
) -> None:
    upstream.respond(lambda _: http_error(401, "No such key."))

    said = add(run, upstream.chat_url)

    assert (said.code, is_added(user)) == (0, True)
    assert "key      FAILED  mine did not accept it" in said.out
    assert "mine was added, and does not work yet" in said.err
    assert "ccr providers test mine" in said.err
    assert user.keys == {"ccr-desktop/provider:mine": KEY}


def test_an_address_that_nobody_answers_at_is_told_to_programs(user: Home, run: Run) -> None:
    said = add(run, f"http://127.0.0.1:{free_port()}/v1", "--json")

    assert (said.code, is_added(user)) == (0, True)
    told = said.json
    assert (told["provider"], told["saved"], told["ok"]) == ("mine", True, False)
    assert told["steps"][0]["step"] == "address"
    assert "nothing answers at" in told["steps"][0]["detail"]


def test_programs_get_every_step(user: Home, run: Run, upstream: Upstream) -> None:
    said = add(run, upstream.chat_url, "--json")

    assert (said.json["ok"], len(said.json["steps"])) == (True, 4)


def test_it_is_not_tried_when_nobody_wants_it(user: Home, run: Run, upstream: Upstream) -> None:
    said = add(run, upstream.chat_url, "--no-test", "--json")

    assert said.json == {"provider": "mine", "saved": True, "ok": None, "steps": []}
    assert (is_added(user), upstream.requests) == (True, [])


def test_what_can_not_be_tried_yet_is_not(user: Home, run: Run) -> None:
    url = ("--url", "https://192.0.2.1/v1", "--json")  # nobody ever answers there
    without_models = run("providers", "add", "one", *url, "--no-key")
    without_key = run("providers", "add", "two", *url, "--model", "m", "--key-env", "MINE")

    for name, said in (("one", without_models), ("two", without_key)):
        assert said.json == {"provider": name, "saved": True, "ok": None, "steps": []}
        assert f"Try it: ccr providers test {name}" in said.err
    assert "$MINE is not set here yet" in without_key.err


def test_a_no_on_a_terminal_is_told_to_programs_and_nothing_is_tried(
    user: Home, run: Run, upstream: Upstream
) -> None:
    options = ("--url", upstream.chat_url, "--model", "big", "--no-key", "--json")

    said = run("providers", "add", "mine", *options, typed="n\n")

    assert said.json["saved"] is False
    assert (upstream.requests, user.own.exists()) == ([], False)


BEDROCK = "https://bedrock-runtime.eu-west-1.amazonaws.com"
CLAUDE = "eu.anthropic.claude-sonnet-4-5-20250929-v1:0"


@pytest.mark.parametrize("given", [BEDROCK, f"{BEDROCK}/", BEDROCK.removeprefix("https://")])
def test_a_transformer_that_the_models_want_at_an_address_comes_along(
    user: Home, run: Run, given: str
) -> None:
    said = run("providers", "add", "mine", "--url", given, "--model", CLAUDE, "--no-test")

    (entry,) = user.raw["Providers"]
    assert said.code == 0
    assert "The transformer bedrock-claude asks for the models there." in said.err
    assert entry["api_base_url"] == BEDROCK
    assert entry["transformer"] == {"use": ["bedrock-claude"]}


def test_a_preset_stays_itself_in_another_region(user: Home, run: Run) -> None:
    run("providers", "add", "--preset", "bedrock-claude", "--url", BEDROCK, "--no-test")

    (entry,) = user.raw["Providers"]
    assert (entry["name"], entry["api_base_url"]) == ("bedrock-claude", BEDROCK)
    assert entry["transformer"] == {"use": ["bedrock-claude"]}


@pytest.mark.parametrize("given", ["https://gw.test", "http://127.0.0.1:9/bedrock"])
def test_a_preset_stays_itself_behind_a_gateway(user: Home, run: Run, given: str) -> None:
    run("providers", "add", "--preset", "bedrock-claude", "--url", given, "--no-test")

    (entry,) = user.raw["Providers"]
    assert entry["api_base_url"] == given
    assert entry["transformer"] == {"use": ["bedrock-claude"]}


def test_a_preset_at_another_known_api_is_not_itself(user: Home, run: Run) -> None:
    url = "https://api.deepseek.com"

    run("providers", "add", "--preset", "bedrock-claude", "--url", url, "--no-test")

    (entry,) = user.raw["Providers"]
    assert entry["api_base_url"] == f"{url}/v1/chat/completions"
    assert "transformer" not in entry


def test_other_models_at_that_address_are_asked_as_ever(user: Home, run: Run) -> None:
    model = "openai.gpt-oss-120b-1:0"

    run("providers", "add", "mine", "--url", BEDROCK, "--model", model, "--no-test")

    (entry,) = user.raw["Providers"]
    assert entry["api_base_url"] == f"{BEDROCK}/openai/v1/chat/completions"
    assert "transformer" not in entry
