"""The steps of the first day, and how far somebody has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.observe import health
from ccr_desktop.desktop.reached import LAUNCH, TEST

if TYPE_CHECKING:
    from collections.abc import Collection

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.observe.health import Health

PROVIDER, MODELS = "provider", "models"
_ORDER = (PROVIDER, TEST, MODELS, LAUNCH)
_PAGES = {PROVIDER: "providers", TEST: "providers", MODELS: "routes", LAUNCH: "launch"}
_WELL = {health.State.OK, health.State.SLOW, health.State.BUSY}

_tr = QCoreApplication.translate


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStep:
    key: str
    title: str
    help: str
    button: str
    page: str
    is_done: bool


def done_steps(
    config: Config, found: Health, remembered: Collection[str], *, is_demo: bool
) -> set[str]:
    """What has been reached; what cannot be seen any more is remembered."""
    done = {step for step in (TEST, LAUNCH) if step in remembered}
    if config.providers and not is_demo:
        done.add(PROVIDER)
    if any(found.of(name).state in _WELL for name in config.providers if not is_demo):
        done.add(TEST)
    if config.router.route("default") and not is_demo:
        done.add(MODELS)
    return done


def first_steps(done: Collection[str]) -> tuple[FirstStep, ...]:
    return tuple(_step(key, is_done=key in done) for key in _ORDER)


def _step(key: str, *, is_done: bool) -> FirstStep:
    title, words, button = {
        PROVIDER: (
            _tr("FirstSteps", "Add a provider"),
            _tr("FirstSteps", "The service or program that answers, such as DeepSeek or Ollama."),
            _tr("FirstSteps", "Add provider"),
        ),
        TEST: (
            _tr("FirstSteps", "Test it"),
            _tr("FirstSteps", "Four short checks: address, key, model and tools."),
            _tr("FirstSteps", "Test"),
        ),
        MODELS: (
            _tr("FirstSteps", "Choose models"),
            _tr("FirstSteps", "Which model does the main work, and which the small jobs."),
            _tr("FirstSteps", "Choose models"),
        ),
        LAUNCH: (
            _tr("FirstSteps", "Launch Claude Code"),
            _tr("FirstSteps", "In a folder of yours, answered by your models."),
            _tr("FirstSteps", "Launch"),
        ),
    }[key]
    return FirstStep(
        key=key, title=title, help=words, button=button, page=_PAGES[key], is_done=is_done
    )
