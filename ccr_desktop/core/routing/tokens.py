"""Counting the tokens of a request, block by block and each block once.

The vocabulary is OpenAI's cl100k, as in claude-code-router, so that thresholds mean the same. A
conversation sends all its blocks again with every turn: their counts are remembered.
"""

from __future__ import annotations

import threading
from base64 import b64decode
from collections import OrderedDict
from functools import cache
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.core.protocol.json import dumps_text
from ccr_desktop.core.protocol.messages import blocks
from ccr_desktop.core.routing.images import MAX_IMAGE_TOKENS, image_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    import tiktoken

    from ccr_desktop.core.protocol.json import JsonObject

VOCABULARY = "vocabulary/cl100k_base.tiktoken"
_PATTERN = (
    r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+"
    r"|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
)  # the split of cl100k_base: https://github.com/openai/tiktoken
_SMALL_TEXT = 40  # characters; looking these up costs more than counting them
_CACHED_BLOCKS = 50_000
_TOKENS_PER_PDF_BYTE = 1 / 30  # a page of text is about 50 kB and 1,500 tokens
_loading = threading.Lock()


def load_encoding() -> tiktoken.Encoding:
    """The bundled vocabulary. Takes about 0.1 s the first time; any thread may call it."""
    with _loading:
        return _encoding()


@cache
def _encoding() -> tiktoken.Encoding:
    import tiktoken  # noqa: PLC0415  # costs start-up time and memory, and is seldom needed

    lines = paths.resource(VOCABULARY).read_bytes().splitlines()
    pairs = (line.split() for line in lines if line)
    ranks = {b64decode(token): int(rank) for token, rank in pairs}
    return tiktoken.Encoding(
        "cl100k_base", pat_str=_PATTERN, mergeable_ranks=ranks, special_tokens={}
    )


def upper_bound(raw: bytes) -> int:
    """No request has more tokens than this: a token of text is at least one byte of the body."""
    return len(raw) + MAX_IMAGE_TOKENS * raw.count(b'"image"')


class TokenCounter:
    """Counts with a memory of blocks; safe to use from several threads."""

    def __init__(self) -> None:
        self._counts: OrderedDict[tuple[int, int], int] = OrderedDict()
        self._lock = threading.Lock()

    def count(self, body: JsonObject) -> int:
        """Everything that is sent: system, messages with thinking and tool calls, and tools."""
        return sum(self._measure(piece) for piece in _pieces(body))

    def estimate(self, body: JsonObject, enough: int) -> int:
        """Like `count`, but past *enough* tokens the rest is extrapolated from its length."""
        pieces = list(_pieces(body))
        tokens = chars = 0
        for index, piece in enumerate(pieces):
            tokens += self._measure(piece)
            chars += _length(piece)
            if tokens > enough and chars:
                return tokens + round(sum(map(_length, pieces[index + 1 :])) * tokens / chars)
        return tokens

    def unknown_chars(self, body: JsonObject) -> int:
        """How many characters `count` would have to look at for the first time."""
        texts = (piece for piece in _pieces(body) if isinstance(piece, str))
        return sum(len(text) for text in texts if _key(text) not in self._counts)

    def _measure(self, piece: str | int) -> int:
        if isinstance(piece, int):
            return piece
        if len(piece) <= _SMALL_TEXT:
            return _count_text(piece)
        key = _key(piece)
        known = self._counts.get(key)
        if known is not None:
            return known
        number = _count_text(piece)
        with self._lock:
            self._counts[key] = number
            if len(self._counts) > _CACHED_BLOCKS:
                self._counts.popitem(last=False)
        return number


def _length(piece: str | int) -> int:
    return len(piece) if isinstance(piece, str) else 0


def _key(text: str) -> tuple[int, int]:
    return hash(text), len(text)


def _count_text(text: str) -> int:
    # `encode_ordinary` reads special tokens such as <|endoftext|> as the text that they are.
    return len(load_encoding().encode_ordinary(text)) if text else 0


def _pieces(body: JsonObject) -> Iterator[str | int]:
    """The texts to count, and the tokens of what is no text."""
    yield from _content_pieces(body.get("system"))
    for message in body.get("messages") or ():
        if isinstance(message, dict):
            yield from _content_pieces(message.get("content"))
    for tool in body.get("tools") or ():
        if isinstance(tool, dict):
            yield f"{tool.get('name', '')}{tool.get('description') or ''}"
            if schema := tool.get("input_schema"):
                yield dumps_text(schema)


def _content_pieces(content: Any) -> Iterator[str | int]:
    if not isinstance(content, str | list):
        return
    for block in blocks(content):
        yield from _block_pieces(block)


def _block_pieces(block: JsonObject) -> Iterator[str | int]:
    match block:
        case {"type": "image" | "document", "source": dict(source)}:
            yield from _source_pieces(block["type"], source)
        case {"type": "tool_use"}:
            yield f"{block.get('name')}{dumps_text(block.get('input') or {})}"
        case {"type": "thinking", "thinking": str(text)} | {"text": str(text)}:
            yield text
        case {"content": content}:
            yield from _content_pieces(content)


def _source_pieces(kind: str, source: JsonObject) -> Iterator[str | int]:
    match source:
        case {"type": "text", "data": str(text)}:
            yield text
        case {"type": "content", "content": content}:
            yield from _content_pieces(content)
        case {"data": str(data)} if kind == "image":
            yield image_tokens(data)
        case {"data": str(data)}:
            yield round(len(data) * 3 / 4 * _TOKENS_PER_PDF_BYTE)
        case _:
            yield MAX_IMAGE_TOKENS
