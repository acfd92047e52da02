"""Trying a provider out, step by step: address, key, model, tools.

The messages go through the real engine, a service of its own on a free port, so what works here
works for Claude Code.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING

from ccr_desktop.core.durations import duration
from ccr_desktop.core.http_library import aiohttp
from ccr_desktop.core.protocol.failures import NO_API
from ccr_desktop.core.setup.secret_fields import shown_address
from ccr_desktop.core.trial_messages import Answer, ask, message_body, serving
from ccr_desktop.core.upstream.model_list import list_models
from ccr_desktop.core.upstream.reasons import TwoSignIns
from ccr_desktop.errors import CcrError, UpstreamTimeout, UpstreamUnreachable

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Collection, Mapping

    from ccr_desktop.core.config.schema import Config, PoolKey, Provider
    from ccr_desktop.core.protocol.json import JsonObject

ADDRESS, KEY, MODEL, TOOLS = STEPS = ("address", "key", "model", "tools")
TITLES = {ADDRESS: "the address", KEY: "the key", MODEL: "the model", TOOLS: "the tools"}
MOST_KEYS = 10
"""So many keys of a pool are tried, each with a message of its own."""
_FEW_TOKENS = 16
_HELLO = "Answer with the one word: ready"
_ONE_SIGN_IN = "Take the sign-in out of api_base_url, or remove the key."
_REFUSALS = {401, 403}
_NOT_TRUSTED = (aiohttp.ClientConnectorCertificateError, ssl.SSLCertVerificationError)
_TOOL: JsonObject = {
    "name": "report",
    "description": "Report that the connection works.",
    "input_schema": {
        "type": "object",
        "properties": {"word": {"type": "string", "description": "the word to report"}},
        "required": ["word"],
    },
}


class Cause(StrEnum):
    """Why a step failed, for those who have their own words for it."""

    NONE = ""
    UNREACHABLE = "unreachable"
    SILENT = "silent"
    CERTIFICATE = "certificate"
    NO_TLS = "no TLS"
    TWO_SIGN_INS = "two sign-ins"
    NOTHING_THERE = "nothing there"
    NO_API = "no API"
    KEY_MISSING = "key missing"
    KEY_REFUSED = "key refused"
    NO_MODEL = "no model"
    MODEL_UNKNOWN = "model unknown"
    NO_MONEY = "no money"
    TOO_MANY = "too many requests"
    NO_TOOLS = "no tools"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Step:
    """One finding. `ok` is None for what could not be tried any more.

    `closest` is the name of a model that may be meant; `first_s` the time to the first words;
    `refused` has the numbers of the keys of a pool that are not accepted, 0 for the main one,
    and `has_others` tells whether there are others that may be.
    """

    name: str
    ok: bool | None
    detail: str
    remedy: str = ""
    seconds: float = 0.0
    cause: Cause = Cause.NONE
    closest: str = ""
    first_s: float = 0.0
    refused: tuple[int, ...] = ()
    has_others: bool = False


async def probe(config: Config, provider: Provider, model: str) -> AsyncGenerator[Step]:
    """The steps as they are done. Uses a few tokens. Nothing is raised for what fails."""
    reached, models = await _reach(config, provider)
    yield reached
    if not reached.ok:
        for name in (KEY, MODEL, TOOLS):
            yield _skipped(name)
        return
    if provider.key_problem and not provider.api_key:
        remedy = f"`ccr keys set {provider.name}` stores a key."
        yield Step(KEY, False, provider.key_problem, remedy, cause=Cause.KEY_MISSING)
        yield _skipped(MODEL)
        yield _skipped(TOOLS)
        return
    if not model:
        yield _skipped(KEY)
        yield Step(MODEL, False, "no model is named", "Name one.", cause=Cause.NO_MODEL)
        yield _skipped(TOOLS)
        return
    refused = await _refused_keys(config, provider, model)
    if refused:
        provider = _without(provider, refused)
        yield _some_refused(provider, refused)
        if not provider.keys:
            yield _skipped(MODEL)
            yield _skipped(TOOLS)
            return
    async with serving(config, provider, model) as url:
        async for step in _converse(url, provider, model, models):
            if not (refused and step.name == KEY):
                yield step


async def _converse(
    url: str, provider: Provider, model: str, models: list[str]
) -> AsyncIterator[Step]:
    hello = await ask(url, provider, model, message_body(_HELLO))
    if hello.status in _REFUSALS:
        yield _refused(hello, provider)
        yield _skipped(MODEL)
        yield _skipped(TOOLS)
        return
    yield _judge_key(hello, provider, models)
    step = _judge_hello(hello, provider, model, models)
    yield step
    if not step.ok:
        yield _skipped(TOOLS)
        return
    question = "Call the tool `report` with the word ready. Do not answer in words."
    yield _judge_tools(await ask(url, provider, model, message_body(question, [_TOOL])), model)


def _judge_key(hello: Answer, provider: Provider, models: list[str]) -> Step:
    """An answer that nobody looked at a key for says nothing of it."""
    if hello.error and not models and (hello.status == 404 or hello.status >= 500):
        return Step(KEY, None, "not known")
    has_key = provider.api_key or provider.keys or provider.brings_key
    if (count := len(_distinct(provider))) > MOST_KEYS:
        return Step(KEY, True, f"the first {MOST_KEYS} of {count} are accepted")
    return Step(KEY, True, "accepted" if has_key else "none needed")


def _refused(hello: Answer, provider: Provider) -> Step:
    if provider.brings_key:  # what is to be done is part of the error
        return Step(KEY, False, hello.error, cause=Cause.KEY_REFUSED)
    detail = f"{provider.name} did not accept it: {hello.error}"
    return Step(KEY, False, detail, _new_key(provider), cause=Cause.KEY_REFUSED)


def _new_key(provider: Provider) -> str:
    return (
        "It may be mistyped, expired or for another service."
        f" `ccr keys set {provider.name}` gives it a new one."
    )


async def _refused_keys(config: Config, provider: Provider, model: str) -> dict[PoolKey, str]:
    """The keys of a pool that are not accepted, which others would hide, and what was said."""
    keys = _distinct(provider)[:MOST_KEYS]
    if len(keys) < 2 or provider.brings_key:
        return {}
    body = message_body(_HELLO, max_tokens=_FEW_TOKENS)

    async def answer(key: PoolKey) -> Answer:
        alone = replace(provider, api_key=key.key, keys=())
        async with serving(config, alone, model) as url:
            return await ask(url, alone, model, body)

    answers = zip(keys, await asyncio.gather(*map(answer, keys)), strict=True)
    return {key: said.error for key, said in answers if said.status in _REFUSALS}


def _distinct(provider: Provider) -> list[PoolKey]:
    found: dict[str, PoolKey] = {}
    for key in provider.keys:
        found.setdefault(key.key, key)
    return [*found.values()]


def _without(provider: Provider, refused: Collection[PoolKey]) -> Provider:
    known = {key.key for key in refused}
    left = tuple(key for key in provider.keys if key.key not in known)
    return replace(provider, api_key=left[0].key if left else "", keys=left)


def _some_refused(provider: Provider, refused: Mapping[PoolKey, str]) -> Step:
    """The finding, for a *provider* that has only its other keys by now."""
    said = (_refusal_of(key, provider.name, error) for key, error in refused.items())
    numbers = tuple(key.number for key in refused)
    remedies = [_new_key(provider)] if 0 in numbers else []
    if any(numbers):
        remedies.append("Correct the extra keys with `ccr config edit`.")
    return Step(
        KEY,
        False,
        " ".join(said),
        " ".join(remedies),
        cause=Cause.KEY_REFUSED,
        refused=numbers,
        has_others=bool(provider.keys),
    )


def _refusal_of(key: PoolKey, name: str, error: str) -> str:
    if not key.number:
        return f"{name} did not accept the main key: {error.rstrip('.')}."
    return f"{name} did not accept extra key {key.number}: {error.rstrip('.')}."


async def _reach(config: Config, provider: Provider) -> tuple[Step, list[str]]:
    """Any answer at all to a question for its models means that the address is right."""
    began = time.perf_counter()
    try:
        models = await list_models(config, provider)
    except (UpstreamUnreachable, UpstreamTimeout) as exc:
        return unreached(provider, exc), []
    except CcrError:
        models = []  # it answered; that it has no list is no fault
    return Step(
        ADDRESS, True, shown_address(provider.url), seconds=time.perf_counter() - began
    ), models


def unreached(provider: Provider, error: UpstreamUnreachable | UpstreamTimeout) -> Step:
    """The finding that the address does not answer, after any question that failed so."""
    cause = cause_of(error)
    remedy = _ONE_SIGN_IN if cause is Cause.TWO_SIGN_INS else _remedy_of(provider)
    return Step(ADDRESS, False, error.message.rstrip("."), remedy, cause=cause)


def cause_of(error: BaseException) -> Cause:
    """Why an address could not be reached."""
    if isinstance(error, UpstreamTimeout):
        return Cause.SILENT
    before: BaseException | None = error
    while before is not None:
        if isinstance(before, TwoSignIns):
            return Cause.TWO_SIGN_INS
        if isinstance(before, _NOT_TRUSTED):
            return Cause.CERTIFICATE
        if isinstance(before, aiohttp.ClientSSLError | ssl.SSLError):
            return Cause.NO_TLS
        before = before.__cause__
    return Cause.UNREACHABLE


def _remedy_of(provider: Provider) -> str:
    if provider.url.startswith(("http://localhost", "http://127.0.0.1", "http://[::1]")):
        return f"Start the server of {provider.name}, or correct its api_base_url."
    return "Check the network, the proxy and api_base_url."


def _judge_hello(hello: Answer, provider: Provider, model: str, models: list[str]) -> Step:
    if not hello.error:
        detail = f"{model} answered, first words after {duration(hello.first_s)}"
        return Step(MODEL, True, detail, seconds=hello.total_s, first_s=hello.first_s)
    if NO_API in hello.error:
        return _failed(hello, "Check how api_base_url ends.", Cause.NO_API)
    match hello.status:
        case 402:
            remedy = "The balance of the account is empty, or the model is not part of its plan."
            return _failed(hello, remedy, Cause.NO_MONEY)
        case 429:
            remedy = "Too many requests: wait a little, or raise the limit of the account."
            return _failed(hello, remedy, Cause.TOO_MANY)
        case 404 | 400:
            return _judge_name(hello, provider, model, models)
        case _:
            return _failed(hello, "Try again later, or another model with --model.", Cause.OTHER)


def _failed(hello: Answer, remedy: str, cause: Cause, closest: str = "") -> Step:
    return Step(MODEL, False, hello.error, remedy, cause=cause, closest=closest)


def _judge_name(hello: Answer, provider: Provider, model: str, models: list[str]) -> Step:
    """A refusal that the name of the model may be the reason of."""
    listing = f"`ccr providers models {provider.name}` lists the models."
    if model in models:
        remedy = "The provider lists this model but refuses the request: see its message."
        return _failed(hello, remedy, Cause.OTHER)
    said = hello.error.partition("(404): ")[2] or hello.error  # before it stands what was asked
    if hello.status == 404 and not models and model.lower() not in said.lower():
        return _failed(hello, "Check api_base_url, and the name of the model.", Cause.NOTHING_THERE)
    is_unknown = bool(models) or hello.status == 404
    cause = Cause.MODEL_UNKNOWN if is_unknown else Cause.OTHER
    close = get_close_matches(model, models, n=1)
    if not close:
        return _failed(hello, listing, cause)
    return _failed(hello, f"The closest name is {close[0]}. {listing}", cause, close[0])


def _judge_tools(answer: Answer, model: str) -> Step:
    if answer.error:
        remedy = "Choose a model that can use tools: Claude Code needs them."
        return Step(TOOLS, False, answer.error, remedy, cause=Cause.NO_TOOLS)
    if "report" in answer.tools:
        return Step(TOOLS, True, f"{model} used the tool", seconds=answer.total_s)
    remedy = "Choose a model that can use tools, or start the server with tool calling on."
    detail = f"{model} answered in words instead of using the tool"
    return Step(TOOLS, False, detail, remedy, cause=Cause.NO_TOOLS)


def _skipped(name: str) -> Step:
    return Step(name, None, "not tried")
