"""What a provider's answer is made of, whatever the wire format it came in.

A dialect decodes an answer, streamed or not, into these records; `MessageEmitter` turns them
into an Anthropic message. All are immutable. Text may be empty and then only says that the
provider is alive.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from ccr_desktop.core.protocol.failures import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class TextDelta:
    """Visible text, appended to the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class ThinkingDelta:
    """Reasoning text."""

    text: str


@dataclass(frozen=True, slots=True)
class CarrierDelta:
    """The signature of the thinking block that is open or comes next: opaque provider state."""

    signature: str


@dataclass(frozen=True, slots=True)
class BlockEnd:
    """What follows is no continuation of the text or reasoning so far.

    A signature that no reasoning has taken yet gets a block of its own.
    """


@dataclass(frozen=True, slots=True)
class ToolDelta:
    """A piece of a tool call.

    `key` tells the calls of one answer apart. `arguments` is a fragment of JSON text to append.
    `is_whole` marks arguments that came in one piece.
    """

    key: object
    id: str = ""
    name: str = ""
    arguments: str = ""
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class ArgumentsDelta:
    """A further fragment of the arguments of a call that `ToolDelta` has begun."""

    key: object
    text: str


@dataclass(frozen=True, slots=True)
class ToolEnd:
    """The provider says that this call is complete."""

    key: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Token counts as far as the provider told them; None is unknown, not zero.

    `prompt` is everything that was sent, cached or not; `output` includes `thinking`.
    """

    prompt: int | None = None
    cached: int | None = None
    written: int | None = None
    output: int | None = None
    thinking: int | None = None

    def merged(self, later: Usage) -> Usage:
        """These counts with every count that *later* knows put in its place."""
        if self is UNKNOWN:
            return later
        known = {name: n for name in _USAGE_FIELDS if (n := getattr(later, name)) is not None}
        return replace(self, **known)


UNKNOWN = Usage()
_USAGE_FIELDS = ("prompt", "cached", "written", "output", "thinking")


@dataclass(frozen=True, slots=True)
class UsageDelta:
    """Cumulative usage: later counts replace earlier ones."""

    usage: Usage


@dataclass(frozen=True, slots=True)
class Finish:
    """Generation ended, in the provider's own word; content and usage may still follow."""

    reason: str
    stop_sequence: str | None = None


@dataclass(frozen=True, slots=True)
class RefusalDelta:
    """Text by which the model refuses."""

    text: str


@dataclass(frozen=True, slots=True)
class Alive:
    """The provider sent something that holds no content, for example its first, empty delta."""


@dataclass(frozen=True, slots=True)
class ErrorDelta:
    """The provider reported an error inside its answer."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class ResultDelta:
    """A content block that stands as it is, for example the result of a server-side search."""

    block: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CitationDelta:
    """What the text just before it goes back to, in Anthropic's form."""

    citation: dict[str, Any] = field(default_factory=dict)


Delta = (
    TextDelta
    | ThinkingDelta
    | CarrierDelta
    | BlockEnd
    | ToolDelta
    | ArgumentsDelta
    | ToolEnd
    | UsageDelta
    | Finish
    | RefusalDelta
    | Alive
    | ErrorDelta
    | ResultDelta
    | CitationDelta
)


class DeltaRun(NamedTuple):
    """Consecutive deltas that differ in their text alone; `key` is that of a call's arguments."""

    kind: type[TextDelta] | type[ThinkingDelta] | type[ArgumentsDelta]
    key: object
    texts: list[str]

    def deltas(self) -> Iterator[Delta]:
        for text in self.texts:
            if self.kind is ArgumentsDelta:
                yield ArgumentsDelta(self.key, text)
            else:
                yield self.kind(text)  # type: ignore[call-arg]  # one of the two others
