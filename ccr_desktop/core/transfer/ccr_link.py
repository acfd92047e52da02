"""`ccr://provider?…`, the links of claude-code-router 3.

Facts from its sources (`packages/core/src/contracts/deep-link.ts`): `base_url`, `name`, `api_key`,
`protocol`, `models` (several, or with commas), all of it also in `payload` as JSON or base64;
`manifest` is the address of a file with the same members; `source`, `icon` and members about usage
say nothing that is routed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from ccr_desktop.core.transfer.entries import clean_name, make_entry, text_of
from ccr_desktop.core.transfer.found import Found, Origin, UnreadableError
from ccr_desktop.core.transfer.links import confined, parameters, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.protocol.json import JsonObject

SCHEME = "ccr"
_TITLE = "A link of claude-code-router"
_OF_OTHERS = ("Providers", "providers", "Router")
_SPOKEN = {
    "openai_responses": "openai-responses",
    "openai_chat_completions": "openai-chat",
    "anthropic_messages": "anthropic",
    "gemini_generate_content": "gemini",
}


def read(link: str) -> Found:
    """Raises `ClientError`."""
    parts = urlsplit(link)
    target = [parts.netloc.lower(), parts.path.strip("/").partition("/")[0].lower()]
    if "provider" not in target:
        hint = "Links to providers are known: ccr://provider?…"
        raise UnreadableError("This link of claude-code-router is not known", hint)
    given = parameters(link)
    payload = unpacked(given["payload"], "payload") if "payload" in given else {}
    if manifest := given.get("manifest") or text_of(payload, "manifest"):
        hint = f"Open {manifest} yourself, and choose the file here."
        raise UnreadableError("This link leads to a file elsewhere, which is not fetched", hint)
    return _found(link, {**payload, **given})


def is_manifest(raw: JsonObject) -> bool:
    """Whether it is the file that a link may lead to, which has its members."""
    return bool(text_of(raw, "base_url")) and not any(key in raw for key in _OF_OTHERS)


def from_manifest(raw: JsonObject, place: str) -> Found:
    """Raises `ClientError`."""
    found = confined(_found("", raw))
    found.title, found.origin, found.place = "A provider of claude-code-router", Origin.FILE, place
    return found


def _found(link: str, members: JsonObject) -> Found:
    url = text_of(members, "base_url")
    if not url:
        raise UnreadableError("This link has no address of a provider", "Ask for a complete one.")
    protocol = text_of(members, "protocol")
    dialect = _SPOKEN.get(protocol, "")
    found = Found(_TITLE, Origin.LINK, {})
    if protocol and not dialect:
        found.needs_hand.append(f"protocol {protocol}: it is not known here; the address tells.")
    name = clean_name(text_of(members, "name")) or (urlsplit(url).hostname or "provider")
    models = [*_models(members.get("models")), *parse_qs(urlsplit(link).query).get("models", [])]
    split = (part for text in models for part in text.replace("\n", ",").split(","))
    entry = make_entry(name, url, dialect=dialect, key=text_of(members, "api_key"), models=split)
    found.raw["Providers"] = [entry]
    if text_of(members, "usage_url") or members.get("account"):
        found.needs_hand.append("how its balance is asked for: that is not taken from links.")
    return found


def _models(value: object) -> Iterator[str]:
    for each in value if isinstance(value, list) else ():
        yield each if isinstance(each, str) else text_of(each, "id", "slug", "model", "name")
