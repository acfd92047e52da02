"""Filters of deltas, between a provider's decoder and the emitter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, get_args

from ccr_desktop.core.protocol.deltas import ArgumentsDelta, Delta, ToolDelta
from ccr_desktop.core.transformers.base import failures_named
from ccr_desktop.core.transformers.returned import wrong_text
from ccr_desktop.errors import TransformerError

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import StreamDecoder
    from ccr_desktop.core.protocol.deltas import DeltaRun
    from ccr_desktop.core.protocol.sse import Events, SseEvent

_KINDS = frozenset(get_args(Delta))


class NamedFilter:
    """A transformer's filter; what it does wrong is told under the transformer's name."""

    def __init__(self, name: str, inner: Any) -> None:
        self._name = name
        self._feed = getattr(inner, "feed", None)
        self._finish = getattr(inner, "finish", None)
        if self._feed is None and self._finish is None:
            raise TransformerError(name, "open returned no object with feed or finish")

    def feed(self, deltas: Iterable[Delta]) -> list[Delta]:
        if self._feed is None:
            return list(deltas)
        with failures_named(self._name, "feed"):
            return [new for delta in deltas for new in self._checked("feed", self._feed(delta))]

    def finish(self) -> list[Delta]:
        if self._finish is None:
            return []
        with failures_named(self._name, "finish"):
            return list(self._checked("finish", self._finish()))

    def _checked(self, hook: str, found: Any) -> Iterable[Delta]:
        if found is None:
            raise TransformerError(
                self._name, f"{hook} returned nothing: yield deltas, or return ()"
            )
        for delta in found:
            if type(delta) not in _KINDS:
                raise TransformerError(self._name, f"{hook} gave {delta!r:.60}, which is no delta")
            if member := wrong_text(delta):
                what = f"a {type(delta).__name__} whose {member} is no text"
                raise TransformerError(self._name, f"{hook} gave {what}")
            yield delta


class FilteredDecoder:
    """A decoder whose deltas run through filters, the first of them first."""

    def __init__(self, decoder: StreamDecoder, filters: Sequence[NamedFilter]) -> None:
        self._decoder = decoder
        self._filters = filters

    @property
    def is_done(self) -> bool:
        return self._decoder.is_done

    def feed(self, event: SseEvent) -> list[Delta]:
        deltas = [_plain(delta) for delta in self._decoder.feed(event)]
        for each in self._filters:
            deltas = each.feed(deltas)
        return deltas

    def feed_run(self, events: Events, start: int) -> DeltaRun | None:
        """Filters look at each delta."""
        return None

    def finish(self) -> list[Delta]:
        return self._ended(self._decoder.finish())

    def decode(self, payload: Any) -> list[Delta]:
        return self._ended(self._decoder.decode(payload))

    def _ended(self, deltas: list[Delta]) -> list[Delta]:
        deltas = [_plain(delta) for delta in deltas]
        for each in self._filters:
            deltas = [*each.feed(deltas), *each.finish()]
        return deltas


def _plain(delta: Delta) -> Delta:
    """One kind of tool deltas is enough for filters."""
    if type(delta) is ArgumentsDelta:
        return ToolDelta(delta.key, arguments=delta.text)
    return delta
