"""Entries of providers in our form, made of what other programs say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.dialects import inferred_dialect
from ccr_desktop.core.setup.addresses import complete_url
from ccr_desktop.core.transfer.found import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccr_desktop.core.protocol.json import JsonObject

MOST_PROVIDERS = 500
"""More can't be looked through by anybody, and would hold the window while they are shown."""
DIALECTS = ("openai-chat", "openai-responses", "anthropic", "gemini", "ollama")


KEY_AS_BEARER: JsonObject = {"use": [["Anthropic", {"UseBearer": True}]]}
"""The `transformer` of an Anthropic endpoint that wants the key as a Bearer token."""


def make_entry(
    name: str,
    url: str,
    *,
    dialect: str = "",
    key: str = "",
    models: Iterable[Any] = (),
) -> JsonObject:
    """The entry; *url* may be only the beginning of the endpoint. Raises `ClientError`."""
    endpoint = complete_url(url, dialect)
    entry: JsonObject = {"name": clean_name(name), "api_base_url": endpoint}
    if key:
        entry["api_key"] = key
    texts = (str(model).strip() for model in models)
    entry["models"] = list(dict.fromkeys(text for text in texts if text))
    if dialect and dialect != inferred_dialect(endpoint):
        entry["dialect"] = dialect
    return entry


def bounded(found: Any) -> list[JsonObject]:
    """Its objects. Raises `UnreadableError` when there are more than somebody can look at."""
    entries = objects(found)
    if len(entries) > MOST_PROVIDERS:
        hint = f"{MOST_PROVIDERS} at most can be looked at."
        raise UnreadableError(f"There are {len(entries)} providers in it", hint)
    return entries


def clean_name(name: str) -> str:
    """A name that routes can be written with: they end it at a comma."""
    printable = "".join(character for character in name if character.isprintable())
    return " ".join(printable.replace(",", " ").split())


def free_among(name: str, taken: Iterable[str]) -> str:
    """*name*, with a number where another provider of the same file has it already."""
    known = {each.casefold() for each in taken}
    found, number = name, 1
    while found.casefold() in known:
        number += 1
        found = f"{name} {number}"
    return found


def text_of(record: Any, *names: str) -> str:
    """The first of the members that is a text with something in it."""
    found = record if isinstance(record, dict) else {}
    texts = (found.get(name) for name in names)
    return next((text.strip() for text in texts if isinstance(text, str) and text.strip()), "")


def objects(found: Any) -> list[JsonObject]:
    items = found if isinstance(found, list) else []
    return [item for item in items if isinstance(item, dict)]


def object_of(found: Any) -> JsonObject:
    return found if isinstance(found, dict) else {}
