"""Each provider that is switched on: a sign of life, or the four steps of its test."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ccr_desktop.core.durations import duration
from ccr_desktop.core.probe import TITLES, Cause, probe
from ccr_desktop.core.routing.router import blocked_by
from ccr_desktop.core.setup.keys import is_local
from ccr_desktop.doctor.check import Around, Check, Finding, Side, Verdict, fine, unchecked
from ccr_desktop.doctor.reach import LIMIT_S
from ccr_desktop.doctor.words import NOTHING, Words, say

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config, Provider
    from ccr_desktop.core.probe import Step

_REACHED_AT_ONCE, _TESTED_AT_ONCE = 10, 4
_PROBE_S = 240.0
_DEMO = "demo:"
_OF_COMMANDS = "--model"
_ONE_SIGN_IN = say("Take the sign-in out of its address, or remove its key.")
_IN_WINDOW = {
    Cause.TWO_SIGN_INS: _ONE_SIGN_IN,
    Cause.KEY_MISSING: say("Enter it at the provider."),
    Cause.KEY_REFUSED: say("Enter a new one at the provider."),
    Cause.MODEL_UNKNOWN: say("Choose another model at the provider, which lists those there are."),
}


def provider_checks(around: Around) -> list[Check]:
    """One for each, at most some at a time."""
    providers = [p for p in around.config.providers.values() if not p.paused]
    at_once = _TESTED_AT_ONCE if around.asks_models else _REACHED_AT_ONCE
    limit_s = _PROBE_S if around.asks_models else LIMIT_S + 1.0
    rounds = -(-len(providers) // at_once)
    turns = asyncio.Semaphore(at_once)
    return [_check(provider, turns, limit_s * rounds) for provider in providers]


def _check(provider: Provider, turns: asyncio.Semaphore, limit_s: float) -> Check:
    async def look(around: Around) -> Finding:
        async with turns:
            if provider.url.startswith(_DEMO):
                return fine(say("The demo answers from within the router."))
            if around.asks_models:
                return await _tested(around.config, provider)
            return await _reached(around, provider)

    title = say("Provider {name}", name=provider.name)
    return Check(f"provider:{provider.name}", title, look, limit_s)


async def _reached(around: Around, provider: Provider) -> Finding:
    found = await around.reached(provider)
    if not found.status:
        return _unreached(provider, found.problem, found.cause)
    page = f"providers/{provider.name}"
    if found.status in {401, 403} and provider.api_key:
        return Finding(
            verdict=Verdict.PROBLEM,
            text=say("It is reached, and refuses the key ({status}).", status=found.status),
            side=Side.PROVIDER,
            remedy=say("`ccr keys set {name}` gives it a new one.", name=provider.name),
            in_window=say("Enter a new one at the provider."),
            page=page,
        )
    if found.status >= 500:
        return Finding(
            verdict=Verdict.WARNING,
            text=say("It is reached, and has trouble of its own ({status}).", status=found.status),
            side=Side.PROVIDER,
            remedy=say("Try again later; backup models take over meanwhile."),
            page=page,
        )
    return fine(say("It is reached in {time}.", time=duration(found.seconds)), page=page)


def _unreached(provider: Provider, problem: str, cause: Cause) -> Finding:
    side, remedy = Side.NETWORK, say("Look at the network first, then at its address.")
    if cause is Cause.CERTIFICATE:
        remedy = say("The check of certificates says more.")
    elif cause is Cause.TWO_SIGN_INS:
        side, remedy = Side.SETTINGS, _ONE_SIGN_IN
    elif is_local(provider.url):
        side, remedy = Side.COMPUTER, say("Start its server, or correct its address.")
    return Finding(
        verdict=Verdict.PROBLEM,
        text=say("It is not reached: {problem}.", problem=problem),
        side=side,
        remedy=remedy,
        page=f"providers/{provider.name}",
    )


async def _tested(config: Config, provider: Provider) -> Finding:
    model = next(iter(provider.models), "")
    if not model:
        return unchecked(say("It has no model to try."))
    steps = [step async for step in probe(config, provider, model)]
    failed = next((step for step in steps if step.ok is False), None)
    details = tuple(f"{TITLES[step.name]}: {step.detail}" for step in steps)
    page = f"providers/{provider.name}"
    if failed is None:
        return fine(say("{model} answers and uses tools.", model=model), *details, page=page)
    return Finding(
        verdict=Verdict.PROBLEM,
        text=say("{problem}.", problem=failed.detail.rstrip(".")),
        side=_side_of(failed),
        remedy=say("{remedy}", remedy=failed.remedy) if failed.remedy else NOTHING,
        in_window=_in_window(failed),
        details=details,
        page=page,
    )


def _in_window(failed: Step) -> Words:
    if failed.closest:
        return say("Its closest model is {name}: choose it at the provider.", name=failed.closest)
    if _OF_COMMANDS in failed.remedy:
        return say("Try again later, or choose another model at the provider.")
    return _IN_WINDOW.get(failed.cause, NOTHING)


def _side_of(step: Step) -> Side:
    match step.cause:
        case Cause.CERTIFICATE:
            return Side.NETWORK
        case Cause.KEY_MISSING | Cause.MODEL_UNKNOWN | Cause.TWO_SIGN_INS:
            return Side.SETTINGS
        case _:
            return Side.PROVIDER


async def _routes(around: Around) -> Finding:
    """Whether some model is left for the main work."""
    config = around.config
    routes = config.router.routes.get("default", ())
    if not routes:
        return Finding(
            verdict=Verdict.WARNING,
            text=say("No model is chosen for the main work."),
            side=Side.SETTINGS,
            remedy=say("Choose one: page Routes, or `ccr model`."),
            in_window=say("Choose one on the page Routes."),
            page="routes",
        )
    if blocked_by("default", config):
        return Finding(
            verdict=Verdict.PROBLEM,
            text=say("All models for the main work are of providers that are switched off."),
            side=Side.SETTINGS,
            remedy=say("Switch one on, or choose another model."),
            page="routes",
        )
    first = routes[0]
    text = say("{model} of {provider} is asked first.", model=first.model, provider=first.provider)
    return fine(text, page="routes")


CHECKS = (Check("routes", say("Main work"), _routes),)
