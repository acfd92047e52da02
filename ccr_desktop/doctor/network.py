"""The way out: the clock by which certificates are judged, proxies, and certificates."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ccr_desktop import paths
from ccr_desktop.core.config.addresses import is_bare_word
from ccr_desktop.core.config.certificate_file import problem_with
from ccr_desktop.core.daemons import beside
from ccr_desktop.core.probe import Cause
from ccr_desktop.core.server.port import client_host
from ccr_desktop.core.setup.keys import is_local
from ccr_desktop.core.setup.secret_fields import MASK
from ccr_desktop.core.upstream.proxies import is_listed
from ccr_desktop.doctor.check import Around, Check, Finding, Side, Verdict, fine, unchecked
from ccr_desktop.doctor.proxy_answers import answer_of
from ccr_desktop.doctor.words import Words, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.config.schema import Provider
    from ccr_desktop.doctor.proxy_answers import Answer

_MOST_ASKED = 3
_ASK_S = 8.0
_SKEW_S, _BAD_SKEW_S = 60.0, 300.0  # signed requests are refused after five minutes
_MANY_MINUTES, _MANY_HOURS = 180, 72
_PROXY_VARIABLES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY")
_AUTHORITY_VARIABLES = ("NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")


def _askable(around: Around) -> list[Provider]:
    """Those of the world outside first: a program here has our own clock."""
    on = [p for p in around.config.providers.values() if not p.paused]
    real = [p for p in on if not p.url.startswith("demo:")]
    return sorted(real, key=lambda provider: is_local(provider.url))


async def _clock(around: Around) -> Finding:
    asked = _askable(around)[:_MOST_ASKED]
    found = await asyncio.gather(*(_ahead_s(around, provider) for provider in asked))
    known = sorted((ahead_s for ahead_s in found if ahead_s is not None), key=abs)
    if not known:
        return unchecked(say("No provider told the time."))
    ahead_s = known[len(known) // 2]  # one server may be wrong itself
    if abs(ahead_s) < _SKEW_S:
        return fine(say("The clock is right."))
    far = _far(ahead_s)
    late = say("The clock is {far} behind that of providers.", far=far)
    early = say("The clock is {far} ahead of that of providers.", far=far)
    return Finding(
        verdict=Verdict.PROBLEM if abs(ahead_s) >= _BAD_SKEW_S else Verdict.WARNING,
        text=early if ahead_s > 0 else late,
        side=Side.COMPUTER,
        remedy=say(
            "Let the system set the time: certificates and signed requests are refused otherwise."
        ),
    )


def _far(ahead_s: float) -> Words:
    """In the largest unit of which there are several."""
    minutes = round(abs(ahead_s) / 60)
    if minutes >= _MANY_HOURS * 60:
        return say("{days} days", days=round(minutes / 1440))
    if minutes > _MANY_MINUTES:
        return say("{hours} hours", hours=round(minutes / 60))
    return say("{minutes} minutes", minutes=minutes)


async def _ahead_s(around: Around, provider: Provider) -> float | None:
    try:
        async with asyncio.timeout(_ASK_S):
            return (await around.reached(provider)).ahead_s
    except TimeoutError:
        return None


async def _proxy(around: Around) -> Finding:
    config, environment = around.config, around.environment
    on = [p for p in config.providers.values() if not p.paused]
    wanted = [config.proxy_url, *(p.proxy_url for p in on)]
    proxies = [url for url in dict.fromkeys(wanted) if urlsplit(url).hostname]
    answers = await asyncio.gather(*(answer_of(url, _beyond(around)) for url in proxies))
    for url, answer in zip(proxies, answers, strict=True):
        if found := _proxy_trouble(url, answer):
            return found
    if name := _misleading(environment, client_host(config.host), config.port):
        return Finding(
            verdict=Verdict.WARNING,
            text=say(
                "{name} would send a plain `claude` to the proxy, not to the router.", name=name
            ),
            side=Side.COMPUTER,
            remedy=say("Set NO_PROXY=127.0.0.1,localhost; launches from here do so by themselves."),
            page="launch",
        )
    if not proxies:
        return fine(say("Providers are reached without a proxy."))
    return fine(say("The proxy {proxy} answers.", proxy=tuple(map(_shown, proxies))))


def _beyond(around: Around) -> str:
    """Where proxies are asked to lead: to a provider, as requests will be."""
    addresses = (urlsplit(provider.url) for provider in _askable(around))
    return next((f"{each.hostname}:{each.port or 443}" for each in addresses if each.hostname), "")


def _proxy_trouble(url: str, answer: Answer) -> Finding | None:
    proxy = _shown(url)
    if answer.problem:
        return Finding(
            verdict=Verdict.PROBLEM,
            text=say(
                "The proxy {proxy} does not answer: {problem}.", proxy=proxy, problem=answer.problem
            ),
            side=Side.NETWORK,
            remedy=say("Check PROXY_URL and proxy_url, or connect to its network."),
            in_window=say("Correct it in Settings, Network, or connect to its network."),
            page="settings/network",
        )
    if not answer.wants_sign_in:
        return None
    was_given = say("The proxy {proxy} does not accept the user name and password.", proxy=proxy)
    wanted = say("The proxy {proxy} wants a user name and password.", proxy=proxy)
    return Finding(
        verdict=Verdict.PROBLEM,
        text=was_given if urlsplit(url).username else wanted,
        side=Side.SETTINGS,
        remedy=say("Put them into PROXY_URL or proxy_url: http://name:password@host:port."),
        in_window=say("Enter them in Settings, Network, or at the provider that has the proxy."),
        page="settings/network",
    )


def _misleading(environment: Mapping[str, str], host: str, port: int) -> str:
    """The variable by which a program would ask a proxy for an address of this machine."""
    if is_listed(host, port, environment):
        return ""
    return next((name for name in _PROXY_VARIABLES if environment.get(name)), "")


def _shown(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{MASK if is_bare_word(host) else host}"


async def _certificates(around: Around) -> Finding:
    ca_file = around.config.ca_file
    problem = await beside(lambda: problem_with(Path(ca_file))) if ca_file else ""
    if problem:
        return Finding(
            verdict=Verdict.PROBLEM,
            text=say("CA_FILE can't be used: {problem}", problem=problem),
            side=Side.SETTINGS,
            remedy=say(
                "It has to name a file in PEM form, with lines “-----BEGIN CERTIFICATE-----”."
            ),
            page="settings/network",
        )
    if missing := await beside(lambda: _missing_authorities(around.environment)):
        return Finding(
            verdict=Verdict.WARNING,
            text=say("{name} names a file that is not there.", name=missing),
            side=Side.COMPUTER,
            remedy=say("Correct the variable, or remove it."),
            page="settings/network",
        )
    return await _trusted(around)


async def _trusted(around: Around) -> Finding:
    asked = [p for p in _askable(around) if p.url.startswith("https:")][:_MOST_ASKED]
    refused = await asyncio.gather(*(_is_mistrusted(around, provider) for provider in asked))
    names = [p.name for p, is_mistrusted in zip(asked, refused, strict=True) if is_mistrusted]
    if not names and around.config.ca_file:
        return fine(say("Certificates of the system and of CA_FILE are trusted."))
    if not names:
        return fine(say("The system's certificates are trusted."))
    return Finding(
        verdict=Verdict.PROBLEM,
        text=say("The certificate of {names} is not trusted.", names=tuple(names)),
        side=Side.NETWORK,
        remedy=say(
            "Company networks often replace certificates: put your company's own into CA_FILE."
        ),
        in_window=say(
            "Company networks often replace certificates: add your company's own in Settings,"
            " Network."
        ),
        page="settings/network",
    )


async def _is_mistrusted(around: Around, provider: Provider) -> bool:
    try:
        async with asyncio.timeout(_ASK_S):
            return (await around.reached(provider)).cause is Cause.CERTIFICATE
    except TimeoutError:
        return False


def _missing_authorities(environment: Mapping[str, str]) -> str:
    named = ((name, environment.get(name, "")) for name in _AUTHORITY_VARIABLES)
    return next((name for name, value in named if value and not paths.is_file(Path(value))), "")


CHECKS = (
    Check("clock", say("The clock"), _clock, 15.0),
    Check("proxy", say("Network proxy"), _proxy, 15.0),
    Check("certificates", say("Certificates"), _certificates, 20.0),
)
