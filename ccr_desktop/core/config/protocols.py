"""Transformers and addresses of one protocol at a provider that speaks another one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ccr_desktop.core.config.dialects import ANTHROPIC, CHAT, GEMINI, RESPONSES
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS, transformer_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccr_desktop.core.config.transformers import Chains

_SAID = {"Anthropic": ANTHROPIC, "gemini": GEMINI, "openai-responses": RESPONSES}
_HINT = (
    "A provider speaks one protocol with all its models: take the transformer out, or make a "
    "second provider of it."
)
# What an address may end in, and the protocols that can do nothing with it. (That of Chat
# Completions is changed for the Responses API and for Ollama's own.)
_ENDS = (
    (re.compile(r"/chat/completions$"), CHAT, (ANTHROPIC, GEMINI)),
    (re.compile(r"/responses$"), RESPONSES, (ANTHROPIC, GEMINI, CHAT)),
    (re.compile(r"/messages$"), ANTHROPIC, (GEMINI, RESPONSES, CHAT)),
)


def note_protocols(
    chains: Chains,
    url: str,
    dialect: str,
    where: str,
    issues: list[Issue],
    *,
    models: Sequence[str],
) -> None:
    """Say which of a provider's transformers, models and its address do not fit its *dialect*."""
    issues += _of_models(models, url, dialect, where)
    issues += _of_transformers(chains, dialect)
    if not chains.address:  # else only the host of the provider's own address counts
        issues += _of_address(url, dialect, where)


def _of_transformers(chains: Chains, dialect: str) -> Iterator[Issue]:
    for link in (*chains.own, *(link for chain in chains.by_model.values() for link in chain)):
        known = KNOWN_TRANSFORMERS.get(link.name)
        said = (known.dialect if known else "") or _SAID.get(link.name, "")
        if said and said != dialect:
            problem = f"{link.name} is for providers that speak {said}; this one speaks {dialect}."
            yield Issue(link.where, problem, _HINT, "warning")


def _of_models(models: Sequence[str], url: str, dialect: str, where: str) -> Iterator[Issue]:
    name = transformer_for(url, models)
    if name and dialect != KNOWN_TRANSFORMERS[name].dialect:
        known = KNOWN_TRANSFORMERS[name]
        model = next(model for model in models if transformer_for(url, [model]))
        problem = f"{model} speaks {known.dialect} there; the provider speaks {dialect}."
        hint = (
            f'Write "transformer": {{"use": ["{name}"]}}, and other models into a second provider.'
        )
        yield Issue(f"{where}.models", problem, hint, "warning")


def _of_address(url: str, dialect: str, where: str) -> Iterator[Issue]:
    path = urlsplit(url).path.rstrip("/")
    for end, said, unfit in _ENDS:
        if end.search(path) and dialect in unfit:
            problem = f"this is an address for {said}; the provider is said to speak {dialect}."
            hint = "Give its address for that, or correct `dialect` and `transformer`."
            yield Issue(f"{where}.api_base_url", problem, hint, "warning")
