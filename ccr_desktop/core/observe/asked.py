"""What is kept of a request for as long as it is shown: nothing of what was said in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`agent` is None where a sub-agent asked whose name could not be known, or nobody looked.

    `signs` are those of thinking, in the words of `Router.thinkWhen`; `tag` is the model that a tag
    in the prompt named, `named_route` the route that a header asked for.
    """

    tools: tuple[str, ...] = ()
    searches_web: bool = False
    has_image: bool = False
    has_new_image: bool = False
    signs: frozenset[str] = frozenset()
    is_subagent: bool = False
    agent: str | None = ""
    is_stream: bool = True
    tag: str = ""
    named_route: str = ""
