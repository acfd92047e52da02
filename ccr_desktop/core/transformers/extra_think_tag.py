"""`extrathinktag`, and the filter that it shares: thinking that comes in tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.deltas import Delta, TextDelta
from ccr_desktop.core.protocol.think_tags import ThinkTags

if TYPE_CHECKING:
    from ccr_desktop.core.transformers.base import TransformContext


class ExtraThinkTag:
    """Takes `<think>…</think>` at the start of the text for the thinking that it is."""

    name = "extrathinktag"

    def __init__(self, _options: Mapping[str, Any]) -> None: ...

    def open(self, _context: TransformContext) -> TagFilter:
        return TagFilter(ThinkTags())


class TagFilter:
    """Sends the text of one answer through *tags*; nothing of it is lost without a tag."""

    def __init__(self, tags: ThinkTags) -> None:
        self._tags = tags

    def feed(self, delta: Delta) -> Iterator[Delta]:
        if type(delta) is TextDelta:
            yield from self._tags.feed(delta.text)
        else:
            yield delta

    def finish(self) -> Iterator[Delta]:
        yield from self._tags.finish()
