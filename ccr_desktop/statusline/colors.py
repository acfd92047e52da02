"""Colours by name, `bright_` and `bg_` prefix, or as hex, and what a terminal wants to hear."""

from __future__ import annotations

RESET = "\x1b[0m"
_NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_OTHERS = {
    "gray": "90",
    "grey": "90",
    "orange": "38;5;208",
    "purple": "38;5;93",
    "bright_orange": "38;5;202",
    "bright_purple": "38;5;129",
}
_HEX = frozenset("0123456789abcdef")


def foreground(color: str) -> str:
    """The code of a colour, as text colour; empty for one that is not known."""
    name = color.strip().lower().removeprefix("bg_").replace("-", "_")
    if name in _OTHERS:
        return _OTHERS[name]
    plain = name.removeprefix("bright_")
    if plain in _NAMES:
        return str((90 if plain != name else 30) + _NAMES.index(plain))
    digits = name.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) != 6 or not _HEX.issuperset(digits):
        return ""
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return f"38;2;{red};{green};{blue}"


def background(color: str) -> str:
    """The same as the colour behind the text."""
    code = foreground(color)
    if not code:
        return ""
    return f"4{code[1:]}" if code.startswith("38;") else str(int(code) + 10)


def painted(text: str, *codes: str) -> str:
    """*text* with these codes, and plain again after it."""
    known = ";".join(code for code in codes if code)
    return f"\x1b[{known}m{text}{RESET}" if known else text
