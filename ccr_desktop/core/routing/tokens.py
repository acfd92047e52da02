"""Counting the tokens of a request, block by block and each block once.

The vocabulary is OpenAI's cl100k, as in claude-code-router, so that thresholds mean the same,
unless a provider's `tokenizer` says otherwise. A conversation sends all its blocks again with every
turn: their counts are remembered.
"""

from __future__ import annotations

import threading
from base64 import b64decode
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.core.config.schema import DEFAULT_ENCODING
from ccr_desktop.core.protocol.json import dumps_text
from ccr_desktop.core.protocol.messages import objects
from ccr_desktop.core.routing.images import MAX_IMAGE_TOKENS, image_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    import tiktoken

    from ccr_desktop.core.protocol.json import JsonObject

_O200K_START = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"
_O200K_END = r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
_O200K_SUFFIX = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
_PATTERNS = {  # how they split texts: https://github.com/openai/tiktoken
    "cl100k_base": (
        r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+"
        r"| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
    ),
    "o200k_base": (
        f"{_O200K_START}*{_O200K_END}+{_O200K_SUFFIX}|{_O200K_START}+{_O200K_END}*{_O200K_SUFFIX}"
        r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
    ),
}
_SAMPLE_CHARS = 128 * 1024  # of a larger text only so much is counted for an estimate
_SAMPLES = 16  # places all over the text that it is taken from
_CACHED_BLOCKS = 50_000
_WITH_SOURCE = ("image", "document")
_TOKENS_PER_PDF_BYTE = 1 / 30  # a page of text is about 50 kB and 1,500 tokens
_loading = threading.Lock()


def load_encoding(name: str = DEFAULT_ENCODING) -> tiktoken.Encoding:
    """A bundled vocabulary. Takes 0.1 s or more the first time; any thread may call it."""
    with _loading:
        return _encoding(name)


@cache
def _encoding(name: str) -> tiktoken.Encoding:
    import tiktoken  # noqa: PLC0415  # costs start-up time and memory, and is seldom needed

    lines = paths.resource(f"vocabulary/{name}.tiktoken").read_bytes().splitlines()
    pairs = (line.split() for line in lines if line)
    ranks = {b64decode(token): int(rank) for token, rank in pairs}
    return tiktoken.Encoding(
        name, pat_str=_PATTERNS[name], mergeable_ranks=ranks, special_tokens={}
    )


def upper_bound(raw: bytes) -> int:
    """No request has more tokens than this: a token of text is at least one byte of the body.

    What is only referred to costs more than its bytes: images, and documents behind an address.
    """
    return len(raw) + MAX_IMAGE_TOKENS * (raw.count(b'"image"') + raw.count(b'"document"'))


def may_have_more(raw: bytes, tokens: int) -> bool:
    """Whether a request may have more than *tokens*. Its length says so sooner than its images."""
    return len(raw) > tokens or upper_bound(raw) > tokens


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of a request's size, and the texts that must be counted for the rest."""

    known_tokens: int
    known_chars: int
    unknown: tuple[str, ...]

    @property
    def unknown_chars(self) -> int:
        return sum(map(len, self.unknown))


class TokenCounter:
    """Counts by one vocabulary, with a memory of blocks; safe to use from several threads."""

    def __init__(self, encoding: str = DEFAULT_ENCODING) -> None:
        self._encoding = encoding
        self._counts: OrderedDict[tuple[int, int], int] = OrderedDict()
        self._lock = threading.Lock()

    def survey(self, body: JsonObject) -> Survey:
        """All of a request, told apart into what is known and what must be counted."""
        known = chars = 0
        unknown: list[str] = []
        for piece in _pieces(body):
            if isinstance(piece, int):
                known += piece
            elif (number := self._counts.get((hash(piece), len(piece)))) is not None:
                known += number
                chars += len(piece)
            elif piece:
                unknown.append(piece)
        return Survey(known, chars, tuple(unknown))

    def count(self, survey: Survey) -> int:
        """The tokens of a request: system, messages with thinking and tool calls, and tools."""
        return survey.known_tokens + sum(map(self._measure, survey.unknown))

    def estimate(self, survey: Survey, enough: int) -> int:
        """Like `count`, but past *enough* tokens the rest is extrapolated from its length."""
        tokens, chars = survey.known_tokens, survey.known_chars
        for index, text in enumerate(survey.unknown):
            if len(text) <= _SAMPLE_CHARS:
                tokens += self._measure(text)
            else:
                tokens += self._extrapolated(text)
            chars += len(text)
            if tokens > enough:
                rest = sum(map(len, survey.unknown[index + 1 :]))
                return tokens + round(rest * tokens / chars)
        return tokens

    def _measure(self, text: str) -> int:
        number = self._count_text(text)
        with self._lock:
            self._counts[hash(text), len(text)] = number
            if len(self._counts) > _CACHED_BLOCKS:
                self._counts.popitem(last=False)
        return number

    def _extrapolated(self, text: str) -> int:
        """From samples all over *text*, as its beginning may be of another kind than the rest."""
        size, last = _SAMPLE_CHARS // _SAMPLES, len(text) - _SAMPLE_CHARS // _SAMPLES
        starts = (last * index // (_SAMPLES - 1) for index in range(_SAMPLES))
        counted = sum(self._count_text(text[start : start + size]) for start in starts)
        return round(counted * len(text) / (size * _SAMPLES))

    def _count_text(self, text: str) -> int:
        # `encode_ordinary` reads special tokens such as <|endoftext|> as the text that they are.
        return len(load_encoding(self._encoding).encode_ordinary(text))


def _pieces(body: JsonObject) -> list[str | int]:
    """The texts to count, and the tokens of what is no text."""
    pieces: list[str | int] = []
    _add_content(pieces, body.get("system"))
    for message in objects(body.get("messages")):
        _add_content(pieces, message.get("content"))
    for tool in objects(body.get("tools")):
        pieces.append(f"{tool.get('name', '')}{tool.get('description') or ''}")
        if schema := tool.get("input_schema"):
            pieces.append(dumps_text(schema))
    return pieces


def _add_content(pieces: list[str | int], content: Any) -> None:
    if isinstance(content, str):
        pieces.append(content)
        return
    for block in objects(content):
        _add_block(pieces, block)


def _add_block(pieces: list[str | int], block: JsonObject) -> None:
    kind = block.get("type")
    if kind in _WITH_SOURCE and isinstance(source := block.get("source"), dict):
        pieces.extend(_source_pieces(kind, source))
    elif kind == "tool_use":
        pieces.append(f"{block.get('name')}{dumps_text(block.get('input') or {})}")
    elif isinstance(text := block.get("thinking" if kind == "thinking" else "text"), str):
        pieces.append(text)
    elif "content" in block:
        _add_content(pieces, block["content"])


def _source_pieces(kind: str, source: JsonObject) -> Iterator[str | int]:
    match source:
        case {"type": "text", "data": str(text)}:
            yield text
        case {"type": "content", "content": content}:
            inner: list[str | int] = []
            _add_content(inner, content)
            yield from inner
        case {"data": str(data)} if kind == "image":
            yield image_tokens(data)
        case {"data": str(data)}:
            yield round(len(data) * 3 / 4 * _TOKENS_PER_PDF_BYTE)
        case _:
            yield MAX_IMAGE_TOKENS
