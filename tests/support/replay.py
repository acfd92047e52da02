"""Running answers through the translator without a server."""

import itertools
import random
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from ccr_desktop.core.dialects.answer import AnswerTranslator
from ccr_desktop.core.dialects.base import Dialect, Target
from ccr_desktop.core.dialects.gemini import Gemini
from ccr_desktop.core.dialects.openai_chat import OpenAIChat
from ccr_desktop.core.protocol.emitter import AnswerContext, MessageEmitter
from ccr_desktop.core.protocol.sinks import EventWriter, MessageFold
from ccr_desktop.core.providers.profile import Profile
from tests.support.grammar import Event, read_stream

TARGET = Target(
    provider="mock", model="model-x", url="http://mock/v1", api_key="", profile=Profile()
)


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What surrounds an answer: the provider, and what the client's request held."""

    target: Target = TARGET
    dialect: Dialect = field(default_factory=OpenAIChat)
    used_ids: Collection[str] = frozenset()
    required: Collection[str] = frozenset()
    stop_sequences: Collection[str] = ()
    input_estimate: int = 7


PLAIN = Setting()
GEMINI = Setting(target=replace(TARGET, model="gemini-3-flash"), dialect=Gemini())


def with_profile(profile: Profile, **changes: object) -> Setting:
    return Setting(target=replace(TARGET, profile=profile), **changes)  # type: ignore[arg-type]


@dataclass
class Answer:
    """What a streaming client received."""

    raw: bytes
    emitter: MessageEmitter
    pieces: list[bytes] = field(default_factory=list)

    @property
    def events(self) -> list[Event]:
        return read_stream(self.raw)


def context(setting: Setting = PLAIN) -> AnswerContext:
    numbers = itertools.count(1)
    return AnswerContext(
        message_id="msg_1",
        model="claude-x",
        new_id=lambda: f"toolu_new{next(numbers)}",
        input_estimate=setting.input_estimate,
        used_ids=setting.used_ids,
        required=setting.required,
        stop_sequences=setting.stop_sequences,
    )


def stream(chunks: bytes | Iterable[bytes], setting: Setting = PLAIN) -> Answer:
    """The answer to a streaming client when the provider sends *chunks*."""
    writer = EventWriter()
    emitter = MessageEmitter(writer, context(setting))
    decoder = setting.dialect.decoder(setting.target)
    translator = AnswerTranslator(decoder, emitter)
    pieces = []
    for chunk in [chunks] if isinstance(chunks, bytes) else chunks:
        if translator.is_over:
            break
        translator.feed(chunk)
        pieces.append(writer.take())
    translator.finish()
    pieces.append(writer.take())
    return Answer(b"".join(pieces), emitter, pieces)


def whole(body: bytes, setting: Setting = PLAIN) -> MessageFold:
    """The answer to a client that does not stream, from a provider that may."""
    sink = MessageFold()
    emitter = MessageEmitter(sink, context(setting))
    translator = AnswerTranslator(setting.dialect.decoder(setting.target), emitter)
    translator.feed(body)
    translator.finish()
    sink.failure = emitter.failure
    return sink


def cut(raw: bytes, seed: int) -> Iterator[bytes]:
    """*raw* in chunks of random sizes, some of them empty."""
    chance = random.Random(seed)
    largest = chance.choice((1, 2, 5, 40, 1000) if len(raw) < 1500 else (15, 80, 1000))
    at = 0
    while at < len(raw):
        size = chance.randint(0, largest)
        yield raw[at : at + size]
        at += size
