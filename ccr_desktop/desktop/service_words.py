"""What the person is told of a service that ends, or does not run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.desktop import figures

if TYPE_CHECKING:
    from ccr_desktop.core.server.neighbours import PortConflict

_tr = QCoreApplication.translate


def in_the_way(conflict: PortConflict) -> tuple[str, str]:
    holder = conflict.holder or _tr("Service", "A program that the system does not name")
    title = _tr("Service", "CCR Desktop already runs on port {port}")
    if conflict.can_take_over:
        text = _tr("Service", "{holder} serves there. Take over from it, or use another port.")
    elif conflict.is_ours:
        text = _tr("Service", "{holder} serves there and can't be stopped. Use another port.")
    else:
        title = _tr("Service", "Port {port} is in use")
        text = _tr("Service", "{holder} holds it. End that program, or use another port.")
    return title.format(port=conflict.port), text.format(holder=holder)


def not_taken_over() -> tuple[str, str]:
    text = _tr("Service", "End it where it was started, or use another port.")
    return _tr("Service", "The other router does not stop"), text


def stopping(running: int) -> str:
    """*running* is the number of requests that may still end by themselves."""
    if not running:
        return _tr("Service", "Stopping")
    if running == 1:
        return _tr("Service", "Stopping: waits for 1 request")
    return _tr("Service", "Stopping: waits for {count} requests").format(
        count=figures.count(running)
    )


def ended(problem: str) -> tuple[str, str]:
    return _tr("Service", "The router ended and starts again"), problem


def keeps_ending(times: int, problem: str) -> tuple[str, str]:
    text = _tr("Service", "It was started again {times} times. The last problem: {problem}")
    title = _tr("Service", "The router keeps ending")
    return title, text.format(times=times, problem=problem)


def not_stopped(problem: str, error: Exception) -> str:
    text = _tr("Service", "{problem}. Stopping what was left of it failed, too: {error}")
    return text.format(problem=problem.rstrip(".。"), error=_named(error))


def no_answer() -> str:
    return _tr("Service", "It no longer answers at its address.")


def failed(error: Exception) -> tuple[str, str]:
    text = _tr("Service", "{problem}. This is a mistake in CCR Desktop; the log says more.")
    return _tr("Service", "The router can't start"), text.format(problem=_named(error))


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
