from typing import Any

import pytest

from ccr_desktop.core.protocol.deltas import ArgumentsDelta, Finish, TextDelta, ToolDelta
from ccr_desktop.core.protocol.sse import Events
from ccr_desktop.core.transformers.filtering import FilteredDecoder, NamedFilter
from ccr_desktop.errors import TransformerError
from tests.unit.core.transformers.decoders import EVENT, Scripted


class Holds:
    """Keeps all texts for the end."""

    def __init__(self) -> None:
        self.held = ""

    def feed(self, delta: Any) -> Any:
        if isinstance(delta, TextDelta):
            self.held += delta.text
            return ()
        return [delta]

    def finish(self) -> Any:
        yield TextDelta(self.held)


class Shouts:
    def feed(self, delta: Any) -> Any:
        yield TextDelta(delta.text.upper()) if isinstance(delta, TextDelta) else delta


def filtered(deltas: list[Any], *filters: Any) -> FilteredDecoder:
    named = [NamedFilter(type(each).__name__.lower(), each) for each in filters]
    return FilteredDecoder(Scripted(deltas), named)


def test_what_one_holds_back_still_runs_through_the_next() -> None:
    decoder = filtered([TextDelta("a")], Holds(), Shouts())

    assert decoder.feed(EVENT) == []
    assert decoder.finish() == [TextDelta("AA")]


def test_a_complete_answer_takes_the_same_way() -> None:
    decoder = filtered([TextDelta("a"), Finish("stop")], Shouts(), Holds())

    assert decoder.decode({}) == [Finish("stop"), TextDelta("A")]


def test_filters_know_one_kind_of_tool_deltas() -> None:
    seen = []

    class Looks:
        def feed(self, delta: Any) -> Any:
            seen.append(delta)
            return [delta]

    filtered([ArgumentsDelta("k", "{}")], Looks()).feed(EVENT)

    assert seen == [ToolDelta("k", arguments="{}")]


def test_every_event_is_looked_at_alone() -> None:
    assert filtered([], Shouts()).feed_run(Events.of([EVENT]), 0) is None


@pytest.mark.parametrize(
    ("found", "problem"),
    [
        (None, "feed returned nothing: yield deltas, or return"),
        (["text"], "feed gave 'text', which is no delta"),
        ([TextDelta(5)], "feed gave a TextDelta whose text is no text"),  # type: ignore[arg-type]
        (
            [ToolDelta("k", name=None)],  # type: ignore[arg-type]
            "feed gave a ToolDelta whose name is no text",
        ),
        (5, "feed: TypeError"),
    ],
)
def test_what_is_no_delta_is_named(found: Any, problem: str) -> None:
    class Odd:
        def feed(self, _delta: Any) -> Any:
            return found

    with pytest.raises(TransformerError, match=f"'odd' failed: {problem}"):
        filtered([TextDelta("a")], Odd()).feed(EVENT)


def test_a_generator_that_fails_is_named() -> None:
    class Odd:
        def finish(self) -> Any:
            yield TextDelta("a")
            raise ValueError("no")

    with pytest.raises(TransformerError, match="'odd' failed: finish: ValueError: no"):
        filtered([], Odd()).finish()


def test_an_object_that_is_no_filter_is_refused() -> None:
    with pytest.raises(TransformerError, match="open returned no object with feed or finish"):
        NamedFilter("odd", object())
