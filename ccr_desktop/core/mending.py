"""What a provider refuses of a request that it can do without, and the request without it.

What is known of an API is in its profile, and never sent. This is for what is not known: a server
of the user's own, a model with a template of its own, a file that is not there any more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.abilities import NO_IMAGES, UNREAD_IMAGES
from ccr_desktop.core.protocol.messages import (
    without_addresses,
    without_images,
    without_signatures,
)
from ccr_desktop.core.protocol.single_calls import with_single_calls, without_parallel_switch

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

STATUSES = frozenset({400, 404, 422, 500})
"""What such refusals come with. 404 is OpenRouter's where no endpoint of a model takes pictures,
500 llama.cpp's when a chat template raises."""


@dataclass(frozen=True, slots=True)
class _Remedy:
    """`lasts`: another request would be refused for the same, whatever it holds."""

    name: str
    words: re.Pattern[bytes]
    mended: Callable[[JsonObject], JsonObject]
    lasts: bool = True


_REMEDIES = (
    _Remedy(
        "signatures", re.compile(rb"thought[ _]?signature", re.I), without_signatures, lasts=False
    ),
    # Gemini's words, Vertex AI's codes, and OpenAI's of both kinds.
    _Remedy(
        "addresses of pictures",
        re.compile(
            rb"(fetch|download|retriev).{0,80}(url|http)|file[ _]?uri|invalid_image_url"
            rb"|url_(error|roboted|rejected|timeout|unreachable)",
            re.I,
        ),
        without_addresses,
        lasts=False,
    ),
    # Ollama's, OpenRouter's and DeepSeek's. A picture stands in the conversation for good:
    # https://github.com/nexu-io/nexu/issues/875
    _Remedy("pictures", NO_IMAGES, without_images),
    # It may be this picture alone that nobody can read: "Could not process image".
    _Remedy("pictures", UNREAD_IMAGES, without_images, lasts=False),
    # OpenAI's words: https://github.com/langchain-ai/langchain/issues/29416
    _Remedy(
        "the wish for one call at a time",
        re.compile(rb"parallel[ _-]tool[ _-](calls|use)", re.I),
        without_parallel_switch,
    ),
    # Those of Llama's chat templates, which vLLM, llama.cpp and NVIDIA run.
    _Remedy(
        "several calls in an answer",
        re.compile(
            rb"(single|one) (tool|function)[ -]calls?"
            rb"|(parallel|multiple|several) (tool|function)[ -]calls?",
            re.I,
        ),
        with_single_calls,
    ),
)


class Mending:
    """What was refused of a request so far."""

    def __init__(self, taken: Iterable[_Remedy] = ()) -> None:
        self.left_out: list[str] = []
        self._taken = list(taken)

    def __bool__(self) -> bool:
        return bool(self._taken)

    def body(self, body: JsonObject) -> JsonObject:
        """*body* without all of it."""
        self.left_out = []
        for remedy in self._taken:
            before, body = body, remedy.mended(body)
            if body != before:
                self.left_out.append(remedy.name)
        return body

    def headers(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        return headers

    def learns(self, refusal: bytes, body: JsonObject, _headers: Mapping[str, str]) -> bool:
        """Whether *refusal* means something of *body* that is left out from now on."""
        sent = self.body(body)
        for remedy in _REMEDIES:
            is_new = remedy not in self._taken and remedy.words.search(refusal)
            if is_new and remedy.mended(sent) != sent:
                self._taken.append(remedy)
                return True
        return False

    def lasting(self) -> Mending:
        """For another request: what says nothing about the content of this one alone."""
        return Mending(remedy for remedy in self._taken if remedy.lasts)
