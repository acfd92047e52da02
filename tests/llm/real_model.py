"""The router before a real language model: `make test-llm`.

The name keeps these tests out of the ordinary suite, since a model server has to be compiled
first. `model_server.py` says which variables spare that.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import anthropic
import pytest
from anthropic.types import Message, MessageParam

from tests.llm.model_server import ModelServer, start_model_server
from tests.support.process import clean_environment, run_bounded
from tests.support.router import API_KEY, CCR, Router, start_router
from tests.support.turns import JsonObject

MODEL = "claude-sonnet-5"
"""A plain Claude name, so that the default route is taken."""
ROUTE = "local,smollm2"
ANSWER_TOKENS = 40
CAPITAL: list[MessageParam] = [{"role": "user", "content": "What is the capital of France?"}]
FINISHED = {"end_turn", "max_tokens"}
GREEDY = {"temperature": 0}
"""The likeliest word each time. The SDK has no argument for it any more."""


def _configuration(server: ModelServer) -> JsonObject:
    """As a user writes it for a server on the own machine: no key."""
    provider = {"name": "local", "api_base_url": server.chat_url, "models": ["smollm2"]}
    return {"APIKEY": API_KEY, "Providers": [provider], "Router": {"default": ROUTE}}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelServer]:
    started = start_model_server(tmp_path_factory.mktemp("model"))
    yield started
    started.kill()


@pytest.fixture(scope="module")
def router(server: ModelServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Router]:
    started = start_router(tmp_path_factory.mktemp("router"), _configuration(server))
    yield started
    started.stop()


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[tuple[ModelServer, Router]]:
    """A server of the test's own, to be killed, and the router before it."""
    with ExitStack() as stack:
        started = start_model_server(tmp_path)
        stack.callback(started.kill)
        before_it = start_router(tmp_path, _configuration(started))
        stack.callback(before_it.stop)
        yield started, before_it


@pytest.fixture(autouse=True)
def no_foreign_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK reads addresses, keys and proxies from the environment unless there are none."""
    for name in ("ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_CUSTOM_HEADERS", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def _client(router: Router) -> anthropic.Anthropic:
    return anthropic.Anthropic(
        base_url=router.url,
        api_key=API_KEY,
        max_retries=0,
        timeout=600,
        _strict_response_validation=True,
    )


@pytest.fixture
def client(router: Router) -> Iterator[anthropic.Anthropic]:
    with _client(router) as opened:
        yield opened


def _text(message: Message) -> str:
    """The words of an answer; shown by `pytest -rP`."""
    words = "".join(block.text for block in message.content if block.type == "text")
    used = message.usage
    print(f"{message.stop_reason}, {used.input_tokens} + {used.output_tokens} tokens: {words}")
    return words


def _ask(router: Router, tmp_path: Path, *arguments: str) -> tuple[int, str, str]:
    done = run_bounded(
        [*CCR, "ask", *arguments],
        cwd=tmp_path,
        env=clean_environment(tmp_path, router.environment),
        timeout_s=600,
    )
    print(done.stdout, done.stderr)
    return done.returncode, done.stdout, done.stderr


def test_ask_prints_the_answer_and_the_route(router: Router, tmp_path: Path) -> None:
    code, out, err = _ask(router, tmp_path, "Say hello in one short sentence.")

    assert code == 0, err
    assert out.strip()
    assert f"[{ROUTE}, default]" in err


def test_ask_tells_decision_and_usage_as_json(router: Router, tmp_path: Path) -> None:
    code, out, err = _ask(router, tmp_path, "Name one colour.", "--model", ROUTE, "--json")

    assert code == 0, err
    answer = json.loads(out)
    assert answer["text"].strip()
    assert answer["route"] == ROUTE
    assert answer["stop_reason"] in FINISHED
    assert answer["usage"]["output_tokens"] > 0
    assert answer["decision"]["route"] == ROUTE


def test_a_message_is_created(client: anthropic.Anthropic) -> None:
    message = client.messages.create(model=MODEL, max_tokens=ANSWER_TOKENS, messages=CAPITAL)

    assert _text(message).strip()
    assert message.role == "assistant"
    assert message.stop_reason in FINISHED
    assert message.usage.input_tokens > 0
    assert 0 < message.usage.output_tokens <= ANSWER_TOKENS


def test_a_stream_folds_to_what_create_returns(client: anthropic.Anthropic) -> None:
    created = client.messages.create(
        model=MODEL, max_tokens=ANSWER_TOKENS, messages=CAPITAL, extra_body=GREEDY
    )
    with client.messages.stream(
        model=MODEL, max_tokens=ANSWER_TOKENS, messages=CAPITAL, extra_body=GREEDY
    ) as stream:
        pieces = list(stream.text_stream)
        folded = stream.get_final_message()

    assert len(pieces) > 1
    assert _text(folded) == "".join(pieces)
    assert _text(created).strip()
    assert _shape(folded) == _shape(created)
    assert folded.usage.input_tokens > 0
    assert folded.usage.output_tokens > 0


def _shape(message: Message) -> JsonObject:
    """All that a test can foretell of an answer."""
    members = message.model_dump(exclude={"id", "content", "usage"})
    return {**members, "content": [block.type for block in message.content]}


def test_tokens_are_counted(client: anthropic.Anthropic) -> None:
    short = client.messages.count_tokens(model=MODEL, messages=CAPITAL)
    long = client.messages.count_tokens(
        model=MODEL, messages=CAPITAL, system="Answer as briefly as you can."
    )

    assert 0 < short.input_tokens < long.input_tokens


def test_a_stop_sequence_ends_the_answer(client: anthropic.Anthropic) -> None:
    question: list[MessageParam] = [{"role": "user", "content": "Tell me about the weather."}]
    free = client.messages.create(
        model=MODEL, max_tokens=ANSWER_TOKENS, messages=question, extra_body=GREEDY
    )
    stopped = client.messages.create(
        model=MODEL,
        max_tokens=ANSWER_TOKENS,
        messages=question,
        extra_body=GREEDY,
        stop_sequences=["e"],
    )

    assert "e" in _text(free)
    assert "e" not in _text(stopped)
    assert stopped.stop_reason in {"end_turn", "stop_sequence"}


@pytest.mark.parametrize("as_blocks", [False, True], ids=["text", "blocks"])
def test_the_system_prompt_reaches_the_model(
    client: anthropic.Anthropic, *, as_blocks: bool
) -> None:
    words = "You are a pirate captain. You say Ahoy in every sentence, and nothing else."
    bare = client.messages.create(model=MODEL, max_tokens=1, messages=CAPITAL)
    led = client.messages.create(
        model=MODEL,
        max_tokens=ANSWER_TOKENS,
        messages=CAPITAL,
        system=[{"type": "text", "text": words}] if as_blocks else words,
    )

    assert _text(led).strip()
    assert led.usage.input_tokens > bare.usage.input_tokens + 10


def test_a_request_in_claude_codes_form_is_answered(client: anthropic.Anthropic) -> None:
    message = client.messages.create(
        model=MODEL,
        max_tokens=ANSWER_TOKENS,
        system=[{"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}}],
        messages=[
            {"role": "user", "content": [{"type": "text", "text": "List the files."}]},
            {
                "role": "assistant",
                "content": [{"type": "tool_use", "id": "toolu_1", "name": "Bash", "input": {}}],
            },
            {
                "role": "user",
                "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "a.py"}],
            },
        ],
        tools=[{"name": "Bash", "description": "Runs.", "input_schema": {"type": "object"}}],
        metadata={"user_id": "somebody"},
    )

    _text(message)
    assert message.content
    assert message.stop_reason in {*FINISHED, "tool_use"}


TOO_LONG: list[MessageParam] = [{"role": "user", "content": "hello world " * 5000}]


def test_a_prompt_beyond_the_window_is_called_too_long(client: anthropic.Anthropic) -> None:
    with pytest.raises(anthropic.BadRequestError) as caught:
        client.messages.create(model=MODEL, max_tokens=ANSWER_TOKENS, messages=TOO_LONG)

    print(caught.value)
    assert _error(caught.value)["type"] == "invalid_request_error"
    assert str(_error(caught.value)["message"]).startswith("prompt is too long")


def test_a_stream_beyond_the_window_is_an_error(client: anthropic.Anthropic) -> None:
    """This server has said 200 by the time it notices, and then hangs up without a word."""
    with (
        pytest.raises(anthropic.APIStatusError) as caught,
        client.messages.stream(model=MODEL, max_tokens=ANSWER_TOKENS, messages=TOO_LONG) as stream,
    ):
        stream.get_final_message()

    print(caught.value)
    assert _error(caught.value)["message"]


def test_a_server_that_is_gone_is_a_502(mortal: tuple[ModelServer, Router]) -> None:
    server, router = mortal
    with _client(router) as client:
        client.messages.create(model=MODEL, max_tokens=1, messages=CAPITAL)
        server.kill()

        with pytest.raises(anthropic.InternalServerError) as caught:
            client.messages.create(model=MODEL, max_tokens=1, messages=CAPITAL)

    print(caught.value)
    assert caught.value.status_code == 502
    assert _error(caught.value)["type"] == "api_error"
    assert "local" in str(_error(caught.value)["message"])


def test_a_server_that_dies_while_it_speaks_is_an_error(
    mortal: tuple[ModelServer, Router],
) -> None:
    server, router = mortal
    story: list[MessageParam] = [{"role": "user", "content": "Tell me a very long story."}]
    with (
        _client(router) as client,
        client.messages.stream(model=MODEL, max_tokens=2000, messages=story) as stream,
    ):
        words = iter(stream.text_stream)
        next(words)
        server.kill()

        with pytest.raises(anthropic.APIStatusError) as caught:
            list(words)

    print(caught.value)
    assert _error(caught.value)["type"] == "api_error"


def _error(caught: anthropic.APIStatusError) -> JsonObject:
    """The `error` object of the answer, which must have Anthropic's form."""
    assert isinstance(caught.body, dict)
    assert caught.body["type"] == "error"
    error: JsonObject = caught.body["error"]
    return error
