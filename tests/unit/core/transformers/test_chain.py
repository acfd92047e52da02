from dataclasses import replace
from typing import Any

import pytest

from ccr_desktop.core.dialects.base import UpstreamCall
from ccr_desktop.core.protocol.deltas import TextDelta
from ccr_desktop.core.transformers.chain import Chain, Link
from ccr_desktop.errors import ClientError, TransformerError
from tests.unit.core.transformers.bodies import CONTEXT, body, target
from tests.unit.core.transformers.decoders import Scripted


class Adds:
    """Writes its mark into whatever passes."""

    def __init__(self, mark: str) -> None:
        self.mark = mark

    def request(self, body: dict[str, Any], context: Any) -> dict[str, Any]:
        return {**body, "marks": [*body.get("marks", ()), self.mark, dict(context.options)]}

    async def upstream_request(self, body: dict[str, Any], _context: Any) -> dict[str, Any]:
        return {**body, "marks": [*body.get("marks", ()), self.mark]}

    def upstream_call(self, call: UpstreamCall, _context: Any) -> UpstreamCall:
        return replace(call, headers={**call.headers, f"x-{self.mark}": "1"})

    def open(self, _context: Any) -> Any:
        mark = self.mark

        class Filter:
            def feed(self, delta: Any) -> Any:
                yield TextDelta(delta.text + mark)

        return Filter()


def links(*marks: str) -> list[Link]:
    return [Link(mark, Adds(mark), {"of": mark}) for mark in marks]


async def test_requests_run_in_order_with_the_options_of_each_use() -> None:
    run = Chain(links("a")).then(Chain(links("b"))).begin(CONTEXT)

    made = await run.request({})

    assert made["marks"] == ["a", {"of": "a"}, "b", {"of": "b"}]
    assert (await run.upstream_request({}))["marks"] == ["a", "b"]


async def test_answers_run_the_exact_mirror() -> None:
    run = Chain(links("a", "b")).then(Chain(links("c", "d"))).begin(CONTEXT)

    assert run.filtered(Scripted([TextDelta("")])).finish() == [TextDelta("dcba")]


async def test_calls_are_changed_in_copies() -> None:
    call = UpstreamCall("u", {}, b"")

    made = await Chain(links("a", "b")).begin(CONTEXT).upstream_call(call)

    assert made.headers == {"x-a": "1", "x-b": "1"}
    assert call.headers == {}


async def test_a_plugin_may_edit_what_it_gets_in_place() -> None:
    class Edits:
        def request(self, body: dict[str, Any], _context: Any) -> dict[str, Any]:
            body["messages"][0]["content"] = "changed"
            return body

    asked = body()

    made = await Chain([Link("e", Edits(), is_plugin=True)]).begin(CONTEXT).request(asked)

    assert made["messages"][0]["content"] == "changed"
    assert asked == body()


@pytest.mark.parametrize(
    ("returned", "problem"),
    [(None, "request forgot to return what it made"), ("text", "request returned 'text'")],
)
async def test_a_hook_that_returns_no_request_is_named(returned: Any, problem: str) -> None:
    class Odd:
        def request(self, _body: Any, _context: Any) -> Any:
            return returned

    with pytest.raises(TransformerError, match=f"'odd' failed: {problem}"):
        await Chain([Link("odd", Odd())]).begin(CONTEXT).request(body())


ODD_CONTENT = [{"role": "user", "content": 5}]


@pytest.mark.parametrize(
    ("dialect", "messages", "problem"),
    [
        ("openai-chat", None, "request made a request without a list of messages"),
        ("anthropic", None, "request made a request without a list of messages"),
        ("gemini", ODD_CONTENT, "request made a request that can't be sent: messages.0.content"),
        ("anthropic", ODD_CONTENT, ""),
    ],
)
async def test_a_plugin_that_spoils_the_request_is_named(
    dialect: str, messages: Any, problem: str
) -> None:
    class Spoils:
        def request(self, body: dict[str, Any], _context: Any) -> dict[str, Any]:
            return {**body, "messages": messages}

    context = replace(CONTEXT, provider=replace(CONTEXT.provider, dialect=dialect))
    run = Chain([Link("spoils", Spoils(), is_plugin=True)]).begin(context)

    if problem:
        with pytest.raises(TransformerError, match=f"'spoils' failed: {problem}"):
            await run.request(body())
    else:
        assert (await run.request(body()))["messages"] == messages


@pytest.mark.parametrize("changes", [{"headers": {"x": 5}}, {"headers": {7: "x"}}, {"body": "x"}])
async def test_a_plugin_that_spoils_the_call_is_named(changes: Any) -> None:
    class Spoils:
        def upstream_call(self, call: UpstreamCall, _context: Any) -> UpstreamCall:
            return replace(call, **changes)

    run = Chain([Link("spoils", Spoils(), is_plugin=True)]).begin(CONTEXT)

    with pytest.raises(TransformerError, match="'spoils' failed: upstream_call made a call"):
        await run.upstream_call(UpstreamCall("http://h", {}, b"{}"))


async def test_a_hook_that_raises_is_named_and_our_own_errors_pass() -> None:
    class Raises:
        def __init__(self, error: Exception) -> None:
            self.error = error

        def request(self, _body: Any, _context: Any) -> Any:
            raise self.error

    with pytest.raises(TransformerError, match="'r' failed: request: KeyError: 'x'"):
        await Chain([Link("r", Raises(KeyError("x")))]).begin(CONTEXT).request(body())
    with pytest.raises(ClientError):
        await Chain([Link("r", Raises(ClientError("no")))]).begin(CONTEXT).request(body())


def test_a_chain_of_markers_is_not_active() -> None:
    assert not Chain([Link("m", object())]).is_active
    assert Chain(links("a")).is_active


def test_without_filters_the_decoder_stays_itself() -> None:
    decoder = Scripted([])

    assert Chain([Link("m", object())]).begin(CONTEXT).filtered(decoder) is decoder


def test_facts_are_adapted_in_order() -> None:
    class Longer:
        def profile(self, profile: Any) -> Any:
            return replace(profile, max_tokens_limit=(profile.max_tokens_limit or 1) * 2)

    adapted = Chain([Link("l", Longer()), Link("l", Longer())]).adapted(target())

    assert adapted.profile.max_tokens_limit == 4
