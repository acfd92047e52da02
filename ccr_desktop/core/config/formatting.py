"""Laying a JSON5 text out anew. Comments stay, as do the values letter by letter."""

from __future__ import annotations

from dataclasses import dataclass, field

from ccr_desktop.core.config.outline import scan
from ccr_desktop.core.config.positions import tokens

_INDENT = "  "
_WIDTH = 100


@dataclass(slots=True)
class _Out:
    """The text as it grows."""

    pieces: list[str] = field(default_factory=list)
    depth: int = 0
    at_line_start: bool = True

    def line(self, *, blank: bool = False) -> None:
        if not self.at_line_start:
            self.pieces.append("\n")
        if blank and self.pieces and self.pieces[-1] == "\n" and self.pieces[-2:] != ["\n", "\n"]:
            self.pieces.append("\n")
        self.at_line_start = True

    def put(self, piece: str) -> None:
        if self.at_line_start:
            self.pieces.append(_INDENT * self.depth)
            self.at_line_start = False
        self.pieces.append(piece)


def formatted(text: str) -> str:
    """*text* with two spaces a level, a member a line, and short lists on one line.

    A text that is not right is left as it is.
    """
    if scan(text).fault:
        return text
    found = tokens(text)
    ends = _ends(text, found)
    out = _Out()
    inline_until = -1
    before: tuple[str, int, int] | None = None
    for index, token in enumerate(found):
        if (
            index > inline_until
            and (end := ends.get(index)) is not None
            and _is_short(text, found, index, end, out)
        ):
            inline_until = end
            _begin(text, token, before, out)
        else:
            _put(text, token, before, out, is_inline=index <= inline_until)
        before = token
    out.line()
    return "".join(out.pieces)


def _ends(text: str, found: list[tuple[str, int, int]]) -> dict[int, int]:
    """For each opening bracket the number of the one that closes it."""
    ends, open_ones = {}, []
    for index, (kind, start, _) in enumerate(found):
        if kind == "mark" and text[start] in "{[":
            open_ones.append(index)
        elif kind == "mark" and text[start] in "}]":
            ends[open_ones.pop()] = index
    return ends


def _is_short(
    text: str, found: list[tuple[str, int, int]], first: int, last: int, out: _Out
) -> bool:
    """Whether what is on one line may stay there; what is empty always is."""
    inside = found[first + 1 : last]
    if not inside:
        return True
    whole = text[found[first][1] : found[last][2]]
    has_remark = any(kind == "comment" for kind, *_ in inside)
    return (
        "\n" not in whole
        and not has_remark
        and len(whole) + 2 * out.depth <= _WIDTH
        and (out.depth > 0)
    )


def _begin(
    text: str, token: tuple[str, int, int], before: tuple[str, int, int] | None, out: _Out
) -> None:
    """What stays on one line begins where any other value does."""
    _, start, end = token
    _begin_value(text, before, text[before[2] : start] if before else "", out)
    out.put(text[start:end])


def _put(
    text: str,
    token: tuple[str, int, int],
    before: tuple[str, int, int] | None,
    out: _Out,
    *,
    is_inline: bool,
) -> None:
    kind, start, end = token
    piece = text[start:end]
    gap = text[before[2] : start] if before else ""
    if kind == "comment":
        _put_comment(piece, gap, out)
    elif is_inline:
        _put_inline(text, piece, before, out)
    elif kind != "mark":
        _begin_value(text, before, gap, out)
        out.put(piece)
    elif piece in "{[":
        _begin_value(text, before, gap, out)
        out.put(piece)
        out.depth += 1
    elif piece in "}]":
        out.depth -= 1
        out.line()
        out.put(piece)
    else:
        out.put(f"{piece} " if piece == ":" else piece)


def _put_comment(piece: str, gap: str, out: _Out) -> None:
    """Behind what it stood behind, or on a line of its own."""
    if "\n" in gap or out.at_line_start:
        out.line(blank=gap.count("\n") > 1)
        out.put(piece)
    else:
        out.put(piece if out.pieces[-1].endswith(" ") else f" {piece}")
    if piece.startswith("//") or "\n" in piece:
        out.line()


def _begin_value(text: str, before: tuple[str, int, int] | None, gap: str, out: _Out) -> None:
    last = text[before[1] : before[2]] if before else ""
    if last == ":":
        return
    if before and before[0] == "comment" and not out.at_line_start and "\n" not in gap:
        out.put(" ")
        return
    out.line(blank=gap.count("\n") > 1 and last not in {"{", "["})


def _put_inline(text: str, piece: str, before: tuple[str, int, int] | None, out: _Out) -> None:
    last = text[before[1] : before[2]] if before else ""
    needs_space = last == "," or (last == "{" and piece != "}") or (piece == "}" and last != "{")
    if needs_space and not out.at_line_start:
        out.put(" ")
    out.put(f"{piece} " if piece == ":" else piece)
