"""Whatever a model says in however many rounds: one legal message, and nothing of ours in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.agents.image_agent import ImageAgent
from ccr_desktop.core.agents.image_tool import NAME, Look
from ccr_desktop.core.agents.memory import recalled
from ccr_desktop.core.agents.output import Output, TargetWriter
from ccr_desktop.core.config.schema import Route
from ccr_desktop.core.dialects.base import Target
from ccr_desktop.core.protocol.deltas import (
    ArgumentsDelta,
    CarrierDelta,
    Delta,
    Finish,
    TextDelta,
    ThinkingDelta,
    ToolDelta,
    Usage,
    UsageDelta,
)
from ccr_desktop.core.protocol.emitter import AnswerContext, MessageEmitter
from ccr_desktop.core.protocol.sinks import MessageFold
from ccr_desktop.core.providers.profile import Profile
from tests.support.grammar import fold, read_stream, recognise

JsonObject = dict[str, Any]
TARGET = Target(provider="p", model="m", url="u", api_key="", profile=Profile())
PICTURE = {"type": "image", "source": {"type": "base64", "data": ""}}
BODY: JsonObject = {
    "model": "m",
    "thinking": {"type": "adaptive"},
    "messages": [{"role": "user", "content": [PICTURE, {"type": "text", "text": "?"}]}],
}


@dataclass(frozen=True)
class Part:
    """A piece of text, of thought with a signature, or a call of a tool."""

    kind: str
    text: str


PARTS = st.builds(
    Part, st.sampled_from(["text", "thought", "Bash", NAME]), st.text("ab \n", max_size=3)
)
ANSWERS = st.lists(st.lists(PARTS, max_size=5), min_size=1, max_size=4)


def deltas(parts: Sequence[Part], number: int) -> Iterator[Delta]:
    for index, part in enumerate(parts):
        match part.kind:
            case "text":
                yield TextDelta(part.text)
            case "thought":
                yield ThinkingDelta(part.text)
                yield CarrierDelta(f"sig{number}.{index}")
            case name:
                yield ToolDelta(index, f"c{number}_{index}", name)
                yield ArgumentsDelta(index, '{"imageId"')
                yield ArgumentsDelta(index, ': ["1"]}')
    yield UsageDelta(Usage(prompt=10, output=1))
    yield Finish("stop")


@dataclass
class Told:
    """What became of some answers: the bytes, the whole message, and the agent."""

    agent: ImageAgent
    output: Output


def tell(answers: Sequence[Sequence[Part]], *, streams: bool) -> Told:
    agent = ImageAgent(BODY, [Route("p", "eyes")])
    writer, fold = TargetWriter("req", TARGET), MessageFold()
    context = AnswerContext(message_id="msg", model="m", new_id=iter(map(str, range(999))).__next__)
    output = Output(MessageEmitter(writer if streams else fold, context), writer, fold)
    last: list[Part] = [Part("text", "That is all.")]
    for number, parts in enumerate([*answers, last]):
        made = agent.begin(output, context, is_live=streams)
        for delta in deltas(parts, number):
            made.feed(delta)
        made.finish()
        agent.end_round()
        if agent.is_complete:
            break
        agent.note_looks([Look(call, f"seen {call['id']}") for call in agent.calls])
        if agent.is_complete:
            break
    assert agent.is_complete
    return Told(agent, output)


def folded(raw: bytes) -> list[JsonObject]:
    """The blocks that a client makes of the events."""
    events = read_stream(raw)
    assert recognise(events) == "message"
    blocks: list[JsonObject] = fold(events)["content"]
    return blocks


def shown(blocks: list[JsonObject]) -> list[JsonObject]:
    return [b for b in blocks if b["type"] != "text" or b["text"].strip()]


@given(ANSWERS)
def test_streamed_and_whole_answers_are_the_same_message(answers: list[list[Part]]) -> None:
    streamed = folded(tell(answers, streams=True).output.writer.take())
    whole = tell(answers, streams=False).output.fold.message["content"]

    assert shown(streamed) == shown(whole)


@given(ANSWERS)
def test_the_client_gets_all_but_the_routers_own_calls(answers: list[list[Part]]) -> None:
    told = tell(answers, streams=True)
    blocks = folded(told.output.writer.take())

    said: list[Part] = []
    for parts in answers:
        said += parts
        kinds = {part.kind for part in parts}
        if NAME not in kinds or "Bash" in kinds:
            break
    else:
        said.append(Part("text", "That is all."))
    text = "".join(block["text"] for block in blocks if block["type"] == "text")
    assert text == "".join(part.text for part in said if part.kind == "text")
    calls = [block["name"] for block in blocks if block["type"] == "tool_use"]
    assert calls == [part.kind for part in said if part.kind == "Bash"]
    assert told.agent.looks == sum(part.kind == NAME for part in said)


@given(ANSWERS)
def test_the_next_turn_begins_with_what_the_provider_read(answers: list[list[Part]]) -> None:
    told = tell(answers, streams=True)
    blocks = folded(told.output.writer.take())
    history = [*BODY["messages"], {"role": "assistant", "content": blocks}]

    later = ImageAgent({**BODY, "messages": [*history, {"role": "user", "content": []}]}, ())

    before = [{**m, "content": shown(m["content"])} for m in told.agent.body["messages"]]
    after = [{**m, "content": shown(m["content"])} for m in later.body["messages"]]
    assert after[: len(before)] == before
    names = [
        block["name"]
        for message in recalled(history, NAME)
        if message["role"] == "assistant"
        for block in message["content"]
        if block["type"] == "tool_use"
    ]
    assert names.count(NAME) == told.agent.looks
