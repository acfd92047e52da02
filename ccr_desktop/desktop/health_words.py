"""How a provider fares, as a shape and a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.observe import health
from ccr_desktop.desktop import figures

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Provider
    from ccr_desktop.core.observe.health import ProviderHealth
    from ccr_desktop.desktop.widgets.state import State

_tr = QCoreApplication.translate


class HealthWord(NamedTuple):
    state: State
    word: str


def health_word(provider: Provider, found: ProviderHealth) -> HealthWord:
    """What stands beside the provider's name."""
    if provider.paused:
        return HealthWord("off", _tr("Health", "switched off"))
    if provider.awaits_key:
        return HealthWord("busy", _tr("Health", "waiting for its key"))
    if provider.key_problem:
        return HealthWord("attention", _tr("Health", "key can't be used"))
    return _of_state(found)


def _of_state(found: ProviderHealth) -> HealthWord:
    match found.state:
        case health.State.UNKNOWN:
            return HealthWord("off", _tr("Health", "not used yet"))
        case health.State.OK:
            return HealthWord("running", _tr("Health", "OK"))
        case health.State.SLOW:
            words = _tr("Health", "slow, {time}").format(time=figures.duration(found.latency_s))
            return HealthWord("backup", words)
        case health.State.FAILING:
            return HealthWord("attention", _tr("Health", "service trouble"))
        case health.State.KEY_PROBLEM if found.status == 403:
            return HealthWord("attention", _tr("Health", "not allowed"))
        case health.State.KEY_PROBLEM:
            return HealthWord("attention", _tr("Health", "key not accepted"))
        case health.State.OUT_OF_MONEY:
            return HealthWord("attention", _tr("Health", "balance is empty"))
        case health.State.RESTING:
            words = _tr("Health", "left alone until {time}")
            return HealthWord("attention", words.format(time=figures.until(found.until_s or 0.0)))
        case health.State.BUSY:
            words = _tr("Health", "asks to wait until {time}")
            return HealthWord("backup", words.format(time=figures.until(found.until_s or 0.0)))
