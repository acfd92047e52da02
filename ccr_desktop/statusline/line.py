"""From what Claude Code sends to the line: modules, their texts, and the two styles."""

from __future__ import annotations

import os

from ccr_desktop.statusline.colors import background, foreground, painted
from ccr_desktop.statusline.reading import complain, loads, text_of
from ccr_desktop.statusline.settings import Settings, load
from ccr_desktop.statusline.values import Values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from ccr_desktop.statusline.scripts import Scripts

_ARROW, _THIN_ARROW = "\ue0b0", "\ue0b1"
_BEHIND = "bg_bright_blue"
_ESCAPE = "\x1b"
_SPARE = "ccr"  # when nothing is known at all, and nothing was asked for


def make_line(data: bytes, config: str | None = None) -> tuple[str, bool]:
    """The line, and whether a late script still runs. Nothing that comes in makes it fail."""
    try:
        payload = loads(data) if data else {}
    except ValueError as exc:
        complain(f"the input can't be read: {exc}")
        payload = {}
    values = Values(payload if isinstance(payload, dict) else {}, Settings({}))
    try:
        settings = load(config)
        values = Values(values.payload, settings)
        drawn = Line(values, settings, os.environ)
        return drawn.text(), drawn.left_one_running
    except Exception as exc:  # noqa: BLE001  # the line is seen all day: a poor one beats none
        complain(f"{type(exc).__name__}: {exc}")
        return clean(values.work_dir_name()), False


class Line:
    """One drawing of the line. *scripts* runs scripts in another way than usual."""

    def __init__(
        self,
        values: Values,
        settings: Settings,
        environment: Mapping[str, str],
        scripts: Scripts | None = None,
    ) -> None:
        self._values = values
        self._settings = settings
        self._environment = environment
        self._scripts = scripts

    @property
    def left_one_running(self) -> bool:
        return self._scripts is not None and self._scripts.left_one_running

    def text(self) -> str:
        """All modules that have something to say, in the style of the configuration."""
        modules: Iterable[Mapping[str, Any]] | None = self._settings.modules
        spare = ""
        if modules is None:
            spare = _SPARE
            from ccr_desktop.statusline.themes import theme  # not always needed

            modules = theme(self._settings.style, self._environment)
        parts = [(module, text) for module in modules if (text := self._module(module))]
        if not parts:
            return spare
        is_plain = bool(self._environment.get("NO_COLOR"))
        if self._settings.style == "powerline":
            return f" {_THIN_ARROW} ".join(t for _, t in parts) if is_plain else _powerline(parts)
        if is_plain:
            return " ".join(text for _, text in parts)
        return " ".join(_colored(module, text) for module, text in parts)

    def _module(self, module: Mapping[str, Any]) -> str:
        """The text of a module with its icon; empty when it has nothing to say."""
        kind = text_of(module.get("type"))
        if kind == "speed" and self._values.get("tokenSpeed") == "0":
            return ""
        text = clean(self._script(module) if kind == "script" else self._filled(module, kind))
        icon = clean(text_of(module.get("icon")))
        return f"{icon} {text}" if icon and text else text

    def _filled(self, module: Mapping[str, Any], kind: str) -> str:
        """Its text with values in place; nothing when none of its placeholders has one.

        Of a built-in text it is the first that counts: the others say more about it.
        """
        template = text_of(module.get("text"))
        is_built_in = not template
        if is_built_in:
            from ccr_desktop.statusline.themes import TEXTS  # not always needed

            template = TEXTS.get(kind, "")
        first, *rest = template.split("{{")
        pieces, found = [first], []
        for piece in rest:
            name, closing, after = piece.partition("}}")
            if not closing:
                pieces.append("{{" + piece)
                continue
            found.append(self._values.get(name.strip()))
            pieces += [found[-1], after]
        needed = found[:1] if is_built_in else found
        return "" if found and not any(needed) else "".join(pieces)

    def _script(self, module: Mapping[str, Any]) -> str:
        path = text_of(module.get("scriptPath")).strip()
        if not path:
            return ""
        from ccr_desktop.statusline.scripts import Scripts  # threads take time

        self._scripts = self._scripts or Scripts(self._settings.folder)
        given: dict[str, Any] = {**self._values.all(), "input": self._values.payload}
        return self._scripts.text(path, {**given, "options": module.get("options")})


def _colored(module: Mapping[str, Any], text: str) -> str:
    return painted(
        text,
        foreground(text_of(module.get("color"))),
        background(text_of(module.get("background"))),
    )


def _powerline(parts: list[tuple[Mapping[str, Any], str]]) -> str:
    """Segments on their backgrounds, an arrow leading from each to the next."""
    behind = [text_of(module.get("background")) or _BEHIND for module, _ in parts]
    drawn = []
    for (module, text), own, following in zip(parts, behind, [*behind[1:], ""], strict=True):
        ink = foreground(text_of(module.get("color")) or "white")
        drawn.append(painted(f" {text} ", ink, background(own)))
        drawn.append(painted(_ARROW, foreground(own), background(following)))
    return "".join(drawn)


def clean(text: str) -> str:
    """One line without control characters; colours that a script chose stay."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    words = " ".join(text.split())
    pieces = words.split(_ESCAPE)
    kept = [_visible(pieces[0]), *(_sequence(piece) for piece in pieces[1:])]
    return "".join(kept).strip()


def _sequence(piece: str) -> str:
    """What follows an escape character: a colour is kept, any other sequence loses its teeth."""
    codes, end, rest = piece.partition("m")
    if end and codes.startswith("[") and codes[1:].replace(";", "").replace(":", "").isdigit():
        return f"{_ESCAPE}{codes}m{_visible(rest)}"
    if piece.startswith("[m"):
        return f"{_ESCAPE}[m{_visible(piece[2:])}"
    return _visible(piece)


def _visible(text: str) -> str:
    """Without control characters; icons of private fonts and joined emoji count as visible."""
    return "".join(c for c in text if c.isprintable() or c >= "\ue000" or c == "\u200d")
