"""Where keys are kept, and whether they can be read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ccr_desktop.core.daemons import beside
from ccr_desktop.core.secrets import PREFIX, StoreState, WayOut
from ccr_desktop.core.setup.keys import references
from ccr_desktop.doctor.check import Around, Check, Finding, Repair, Side, Verdict, fine
from ccr_desktop.doctor.words import NOTHING, Words, say
from ccr_desktop.errors import SecretError

if TYPE_CHECKING:
    from ccr_desktop.core.secrets import StoreStatus

_PAGE = "settings/keys"
_BY_ASKING = frozenset({WayOut.UNLOCK, WayOut.SET_UP, WayOut.ASK_AGAIN})
_LABELS = {
    WayOut.UNLOCK: say("Unlock it"),
    WayOut.SET_UP: say("Set it up"),
    WayOut.PASSPHRASE: say("Enter its passphrase"),
    WayOut.ASK_AGAIN: say("Ask again"),
    WayOut.USE_FILE: say("Use a protected file"),
}

_IN_WINDOW = {
    StoreState.LOCKED: say("Unlock it here, or in Settings, Keys."),
    StoreState.NEW: say("Set it up here, or in Settings, Keys."),
}


async def _store(around: Around) -> Finding:
    return judged(await beside(around.secrets.status), around)


def judged(status: StoreStatus, around: Around) -> Finding:
    """What the state of the store means for this configuration."""
    if status.is_ready:
        return fine(say("{store} is ready.", store=status.description), page=_PAGE)
    found = _not_ready(status, is_needed=_is_needed(around))
    return replace(found, repair=_repair(status, around))


def _repair(status: StoreStatus, around: Around) -> Repair | None:
    """The first way out, where the person can be asked what it has to ask."""
    way = next(iter(status.ways_out), None)
    if way not in _LABELS or (around.take is None and way not in _BY_ASKING):
        return None
    return Repair(_LABELS[way], lambda: _taken(way, around), ("keys",))


async def _taken(way: WayOut, around: Around) -> Words:
    if around.take is not None:
        after = await around.take(way)
    else:
        after = await beside(around.secrets.unlock)
    if after is None:
        return NOTHING
    if not after.is_ready:
        raise SecretError(after.title, after.text, state=after.state, detail=after.detail)
    return say("{store} is ready.", store=after.description)


def _is_needed(around: Around) -> bool:
    """Whether a key of the configuration is kept there."""
    return any(text.strip().startswith(PREFIX) for _, text in references(dict(around.config.raw)))


def _not_ready(status: StoreStatus, *, is_needed: bool) -> Finding:
    remedies = {
        StoreState.LOCKED: say("Unlock it in Settings, or with `ccr keys unlock`."),
        StoreState.NEW: say("Set it up in Settings, or with `ccr keys unlock`."),
        StoreState.DENIED: say("Allow the access when the system asks."),
        StoreState.MISSING: say(
            "Keep keys in environment variables or, after an explanation, in a protected file."
        ),
        StoreState.BROKEN: say("Try again after a new login, or keep keys elsewhere."),
    }
    return Finding(
        verdict=Verdict.PROBLEM if is_needed else Verdict.WARNING,
        text=say("{title}. {text}", title=status.title, text=status.text),
        side=Side.COMPUTER,
        remedy=remedies.get(status.state, say("Look at Settings, Keys.")),
        in_window=_IN_WINDOW.get(status.state, NOTHING),
        details=(status.detail,) if status.detail else (),
        page=_PAGE,
    )


async def _found(around: Around) -> Finding:
    """Whether each provider has the key that its settings name."""
    providers = [p for p in around.config.providers.values() if not p.paused]
    without = [p for p in providers if p.key_problem and not p.api_key and not p.keys]
    if not without:
        return fine(say("Every provider has its key, or needs none."), page="providers")
    names = tuple(p.name for p in without)
    return Finding(
        verdict=Verdict.PROBLEM,
        text=say("No key is found for {names}.", names=names),
        side=Side.SETTINGS,
        remedy=say("`ccr keys set {name}` stores one.", name=without[0].name),
        in_window=say("Enter it at the provider {name}.", name=without[0].name),
        details=tuple(f"{p.name}: {p.key_problem}" for p in without),
        page=f"providers/{without[0].name}",
    )


CHECKS = (
    Check("key-store", say("The store of keys"), _store, 20.0),
    Check("keys", say("Keys of providers"), _found),
)
