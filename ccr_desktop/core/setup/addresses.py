"""Addresses of providers as people paste them, completed to the endpoint that is called."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from ccr_desktop.core.config.addresses import IN_NO_HOST
from ccr_desktop.core.config.dialects import inferred_dialect
from ccr_desktop.core.dialects import anthropic, gemini, ollama, openai_chat, openai_responses
from ccr_desktop.core.protocol.failures import redact
from ccr_desktop.errors import ClientError

_ENDPOINTS = {
    "anthropic": anthropic.endpoint,
    gemini.NAME: gemini.endpoint,
    ollama.NAME: ollama.endpoint,
    "openai-chat": openai_chat.endpoint,
    "openai-responses": openai_responses.endpoint,
}
_LONGEST_HOST, _LONGEST_PART = 253, 63
_MODEL_ENDINGS = ("/chat/completions", "/messages", "/responses", "/completions")
_HALF_SCHEME = re.compile(r"[a-z]+:(?!\d)", re.I)  # `http:/host`: a slip, not a host with a port


def complete_url(url: str, dialect: str = "") -> str:
    """The endpoint that *url* is, or is the beginning of. Raises `ClientError`.

    The address tells what is spoken there, unless *dialect* does.
    """
    url = url.strip()
    if "://" not in url and not url.startswith("demo:") and not _HALF_SCHEME.match(url):
        local = url.startswith(("localhost", "127.0.0.1", "[::1]"))
        url = f"{'http' if local else 'https'}://{url}"
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in {"http", "https"} and _is_host(parts.hostname) and parts.port != 0
    except ValueError:
        is_web = False
    else:
        if parts.scheme == "demo":
            return url
    if not is_web:
        hint = "Give the whole address, for example https://openrouter.ai/api/v1."
        raise ClientError("This is no address", hint)  # and may be a pasted key
    return _ENDPOINTS[dialect or inferred_dialect(url)](url)


def _is_host(name: str | None) -> bool:
    """Names in the network have parts of 63 letters at most, and none is a pasted key."""
    if not name or IN_NO_HOST & set(name) or not name.isprintable():
        return False
    if "." not in name and redact(name) != name:
        return False
    return len(name) <= _LONGEST_HOST and all(
        len(part) <= _LONGEST_PART for part in name.split(".")
    )


def models_url(url: str) -> str:
    """Where a provider with this endpoint lists its models."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    for ending in _MODEL_ENDINGS:
        path = path.removesuffix(ending)
    if not path.endswith("/models"):
        path += "/models" if path.rpartition("/")[2].startswith("v") else "/v1/models"
    return urlunsplit(parts._replace(path=path, query=""))


def same_host(one: str, other: str) -> bool:
    """Whether a key for one address may be sent to the other."""
    try:
        left, right = urlsplit(one), urlsplit(other)
        ports = left.port, right.port
    except ValueError:
        return False
    return (left.scheme, left.hostname, ports[0]) == (right.scheme, right.hostname, ports[1])
