"""The lines of the tray's menu, as a function of what the app knows.

Lines that do not apply are left out rather than greyed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.hidden_signs import visible
from ccr_desktop.desktop import figures, service_words
from ccr_desktop.desktop.at_home import shown
from ccr_desktop.desktop.pauses import pauses
from ccr_desktop.desktop.service_state import Phase
from ccr_desktop.desktop.state import Look, Overview, told_route
from ccr_desktop.desktop.widgets.visible import show_hidden_signs

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_RECENT = 5
_MOST_FAVOURITES = 8
_LONGEST = 48  # characters of a line


class Act(Enum):
    """What a line does. The argument that some take stands beside it."""

    OPEN = "open"
    COPY_ADDRESS = "copy-address"
    SHOW_MAIN = "show-main"
    LAUNCH = "launch"
    LAUNCH_CHOOSE = "launch-choose"
    RESUME = "resume"
    MAIN_MODEL = "main-model"
    MORE_MODELS = "more-models"
    ROUTE_SET = "route-set"
    PAUSE = "pause"
    RESUME_ROUTING = "resume-routing"
    START = "start"
    STOP = "stop"
    RESTART = "restart"
    ATTENTION = "attention"
    CHECK = "check"
    SETTINGS = "settings"
    QUIT = "quit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line. Without an act it is a text, with `lines` a menu of its own."""

    text: str = ""
    act: Act | None = None
    argument: Any = None
    is_checked: bool | None = None
    """None: it is no choice."""
    is_default: bool = False
    lines: tuple[Line, ...] = ()

    def __post_init__(self) -> None:
        show_hidden_signs(self, "text")

    @property
    def is_separator(self) -> bool:
        return not self.text


SEPARATOR = Line()


def menu_lines(overview: Overview) -> tuple[Line, ...]:
    """The whole menu: open first, quit last, two levels at most."""
    groups = (
        _state(overview),
        _choices(overview),
        _service(overview),
        _attention(overview),
        _rest(),
    )
    lines: list[Line] = []
    for group in groups:
        found = [*group]
        if found and lines:
            lines.append(SEPARATOR)
        lines += found
    return tuple(lines)


def tooltip(overview: Overview) -> str:
    """What the icon says when the mouse rests on it."""
    parts = [_state_words(overview)]
    if overview.main:
        parts.append(_main_words(overview))
    return visible(" – ".join(parts))


def _state(overview: Overview) -> Iterator[Line]:
    yield Line(text=_tr("Open CCR Desktop"), act=Act.OPEN, is_default=True)
    if overview.service.phase is Phase.RUNNING:
        yield Line(text=_state_words(overview), act=Act.COPY_ADDRESS)
    else:
        yield Line(text=_state_words(overview))
    if overview.main:
        yield Line(text=_main_words(overview), act=Act.SHOW_MAIN)


def _choices(overview: Overview) -> Iterator[Line]:
    yield Line(text=_tr("Launch Claude Code"), lines=tuple(_launches(overview)))
    if models := tuple(_models(overview)):
        yield Line(text=_tr("Main model"), lines=models)
    if overview.route_sets:
        yield Line(text=_tr("Route set"), lines=tuple(_route_sets(overview)))


def _launches(overview: Overview) -> Iterator[Line]:
    recent = overview.recent_folders[:_MOST_RECENT]
    if recent:
        text = _tr("New in {folder}").format(folder=_folder(recent[0]))
        yield Line(text=text, act=Act.LAUNCH, argument=recent[0])
        for folder in recent[1:]:
            yield Line(text=_folder(folder), act=Act.LAUNCH, argument=folder)
        yield SEPARATOR
    yield Line(text=_tr("Choose folder…"), act=Act.LAUNCH_CHOOSE)
    yield Line(text=_tr("Resume…"), act=Act.RESUME)


def _models(overview: Overview) -> Iterator[Line]:
    offered = dict.fromkeys([overview.main, *overview.favourites])
    models = [route for route in offered if route][:_MOST_FAVOURITES]
    for route in models:
        text = told_route(route, overview.shared_models)
        chosen = route == overview.main
        yield Line(text=_cut(text), act=Act.MAIN_MODEL, argument=route, is_checked=chosen)
    if models:
        yield SEPARATOR
        yield Line(text=_tr("More…"), act=Act.MORE_MODELS)


def _route_sets(overview: Overview) -> Iterator[Line]:
    for name in ("", *overview.route_sets):
        text = _cut(name) if name else _tr("Standard")
        chosen = name == overview.route_set
        yield Line(text=text, act=Act.ROUTE_SET, argument=name, is_checked=chosen)


def _service(overview: Overview) -> Iterator[Line]:
    match overview.service.phase:
        case Phase.RUNNING:
            if overview.paused_until_s is None:
                yield Line(text=_tr("Pause routing for"), lines=tuple(_pauses()))
            else:
                yield Line(text=_tr("Resume routing"), act=Act.RESUME_ROUTING)
            yield Line(text=_tr("Stop"), act=Act.STOP)
        case Phase.FAILED:
            yield Line(text=_tr("Start again"), act=Act.RESTART)
        case Phase.OFF:
            yield Line(text=_tr("Start"), act=Act.START)
        case Phase.STARTING | Phase.STOPPING:
            return


def _pauses() -> Iterator[Line]:
    for text, seconds in pauses():
        yield Line(text=text, act=Act.PAUSE, argument=seconds)


def _attention(overview: Overview) -> Iterator[Line]:
    if overview.attention:
        yield Line(text=attention_words(overview.attention), act=Act.ATTENTION)


def _rest() -> Iterator[Line]:
    yield Line(text=_tr("Check everything…"), act=Act.CHECK)
    yield Line(text=_tr("Settings…"), act=Act.SETTINGS)
    yield Line(text=_tr("Quit"), act=Act.QUIT)


def attention_words(count: int) -> str:
    if count == 1:
        return _tr("1 thing needs attention")
    return _tr("{count} things need attention").format(count=count)


def _state_words(overview: Overview) -> str:
    address = overview.service.url.removeprefix("http://")
    if overview.paused_until_s is not None and overview.service.phase is Phase.RUNNING:
        return _paused_words(overview.paused_until_s, address)
    if overview.awaits_keys and overview.service.phase is Phase.RUNNING:
        return _tr("Waiting for your password store, on {address}").format(address=address)
    if overview.service.phase is Phase.STOPPING:
        return service_words.stopping(overview.running_requests)
    words = {
        Look.OFF: _tr("Off"),
        Look.STARTING: _tr("Starting…"),
        Look.RUNNING: _tr("Running on {address}"),
        Look.BACKUP: _tr("On a backup model, {address}"),
        Look.ATTENTION: _tr("Running with problems on {address}"),
    }
    if overview.service.phase is Phase.FAILED:
        return overview.service.problem_title or _tr("Stopped by itself")
    return words[overview.look].format(address=address)


def _paused_words(until_s: float, address: str) -> str:
    if math.isinf(until_s):
        return _tr("Routing paused, on {address}").format(address=address)
    words = _tr("Routing paused until {time}, on {address}")
    return words.format(time=figures.until(until_s), address=address)


def _main_words(overview: Overview) -> str:
    if overview.is_on_backup:
        in_use = told_route(overview.main_in_use, overview.shared_models)
        text = _tr("Main: {model} (backup)").format(model=in_use)
    else:
        main = told_route(overview.main, overview.shared_models)
        text = _tr("Main: {model}").format(model=main)
    return _cut(text)


def _folder(folder: Path) -> str:
    return _cut(shown(folder), from_start=True)


def _cut(text: str, *, from_start: bool = False) -> str:
    if len(text) <= _LONGEST:
        return text
    return f"…{text[1 - _LONGEST :]}" if from_start else f"{text[: _LONGEST - 1]}…"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Tray", text)
