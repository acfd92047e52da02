"""One answer on its way through the agent, and how it may fail."""

import pytest

from ccr_desktop.core.agents.rounds import Round
from ccr_desktop.core.protocol.deltas import (
    Delta,
    DeltaRun,
    ErrorDelta,
    Finish,
    TextDelta,
    ToolDelta,
    UsageDelta,
)
from ccr_desktop.core.protocol.deltas import Usage as Counts
from ccr_desktop.core.protocol.emitter import AnswerContext, MessageEmitter
from ccr_desktop.core.protocol.failures import Failure
from ccr_desktop.core.protocol.sinks import MessageFold

CONTEXT = AnswerContext(message_id="msg", model="m", new_id=lambda: "made")
FAILURE = Failure.of(500, "lost it")
BROKEN = ToolDelta("k", "c", "Bash", "nonsense", is_whole=True)


@pytest.fixture
def fold() -> MessageFold:
    return MessageFold()


def made(fold: MessageFold, *, is_live: bool = True) -> Round:
    return Round(MessageEmitter(fold, CONTEXT), CONTEXT, "look", is_live=is_live)


def fed(answer: Round, *deltas: Delta) -> Round:
    for delta in deltas:
        answer.feed(delta)
    answer.finish()
    return answer


def test_an_error_leaves_the_clients_message_to_another_try(fold: MessageFold) -> None:
    answer = fed(made(fold), TextDelta(""), ErrorDelta(FAILURE), TextDelta("late"))

    assert answer.failure == FAILURE
    assert not answer.has_begun
    assert fold.message == {}


def test_an_error_after_words_says_that_they_are_out(fold: MessageFold) -> None:
    answer = fed(made(fold), TextDelta("Half"), ErrorDelta(FAILURE))

    assert (answer.failure, answer.has_begun) == (FAILURE, True)


@pytest.mark.parametrize(
    "deltas",
    [
        pytest.param([], id="nothing"),
        pytest.param([TextDelta("x")], id="no finish"),
        pytest.param([BROKEN, Finish("stop")], id="arguments that are none"),
    ],
)
def test_what_is_no_answer_fails(deltas: list[Delta], fold: MessageFold) -> None:
    answer = fed(made(fold, is_live=False), *deltas)

    assert answer.failure is not None
    assert not answer.calls


def test_runs_of_deltas_are_read_as_well(fold: MessageFold) -> None:
    answer = made(fold)
    answer.feed_run(DeltaRun(TextDelta, None, ["a", "b"]))

    fed(answer, UsageDelta(Counts(prompt=3)), Finish("stop")).release(answer.usage)

    assert fold.message["content"] == [{"type": "text", "text": "ab"}]
    assert fold.message["usage"]["input_tokens"] == 3


def test_names_and_case_of_the_clients_tools_are_the_clients(fold: MessageFold) -> None:
    context = AnswerContext(
        message_id="m", model="m", new_id=lambda: "x", client_name={"bash": "Bash"}.__getitem__
    )
    answer = Round(MessageEmitter(fold, CONTEXT), context, "look", is_live=True)

    fed(answer, ToolDelta("k", "c", "bash", "{}"), Finish("stop")).release(Counts())

    assert answer.has_client_calls
    assert fold.message["content"][0]["name"] == "Bash"
