"""How something appears: in 120 ms, or at once with reduced motion."""

from __future__ import annotations

from PySide6.QtCore import QAbstractAnimation, QPropertyAnimation
from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

from ccr_desktop.desktop import theme


def fade_in(widget: QWidget) -> None:
    """Let *widget*, just shown, become visible; it is usable from the first moment."""
    duration = theme.current().fade_ms()
    if not duration:
        return
    effect = QGraphicsOpacityEffect(widget)
    widget.setGraphicsEffect(effect)  # ends one that is still running
    fading = QPropertyAnimation(effect, b"opacity", effect)
    fading.setDuration(duration)
    fading.setStartValue(0.0)
    fading.setEndValue(1.0)
    fading.finished.connect(lambda: _end(widget, effect))
    fading.start(QAbstractAnimation.DeletionPolicy.KeepWhenStopped)


def _end(widget: QWidget, effect: QGraphicsOpacityEffect) -> None:
    """Without an effect, text is drawn as sharply as elsewhere."""
    if widget.graphicsEffect() is effect:
        widget.setGraphicsEffect(None)  # type: ignore[arg-type]  # the stubs know no None
