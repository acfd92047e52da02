"""Trying a provider out on the command line: each step as it is done, for people or programs."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from ccr_desktop.cli.prompts import say

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config, Provider
    from ccr_desktop.core.probe import Step

_MARKS = {True: "ok", False: "FAILED", None: "-"}


def try_out(
    config: Config, provider: Provider, model: str, *, is_shown: bool
) -> tuple[bool, list[dict[str, Any]]]:
    """Whether all of it works, and the steps as programs read them; *is_shown* prints them."""
    if is_shown:
        say(f"Trying {provider.name},{model} (this uses a few tokens) …")
    steps = asyncio.run(_tried(config, provider, model, is_shown=is_shown))
    return all(step.ok for step in steps), [_as_json(step) for step in steps]


async def _tried(config: Config, provider: Provider, model: str, *, is_shown: bool) -> list[Step]:
    from ccr_desktop.core.probe import probe  # noqa: PLC0415  # loads the whole service

    logging.getLogger("ccr_desktop").addHandler(logging.NullHandler())  # told once, as a step
    steps = []
    async for step in probe(config, provider, model):
        steps.append(step)
        if is_shown:
            print(f"{step.name:<8} {_MARKS[step.ok]:<7} {step.detail}", flush=True)
            if step.remedy:
                print(f"{'':<16} {step.remedy}", flush=True)
    return steps


def _as_json(step: Step) -> dict[str, Any]:
    return {
        "step": step.name,
        "ok": step.ok,
        "detail": step.detail,
        "remedy": step.remedy,
        "seconds": round(step.seconds, 3),
    }
