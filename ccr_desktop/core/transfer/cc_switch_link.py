"""`ccswitch://v1/import?…`, the links of CC Switch.

Facts from its manual (5.3 Deep Link Protocol) and `src-tauri/src/deeplink/parser.rs`: `resource` is
provider, mcp, prompt or skill; a provider has `app`, `name`, `endpoint` (several with commas, the
first counts), `apiKey`, `model`, `haikuModel`, `sonnetModel`, `opusModel`, and the same in
`config`, base64 of the app's settings, over which the parameters count; `configUrl` is an address.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ccr_desktop.core.transfer.cc_switch import Record, from_records
from ccr_desktop.core.transfer.entries import object_of, text_of
from ccr_desktop.core.transfer.found import Origin, UnreadableError
from ccr_desktop.core.transfer.links import from_base64, parameters, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transfer.found import Found

SCHEME = "ccswitch"
_TITLE = "A link of CC Switch"
_CLAUDE = {
    "endpoint": "ANTHROPIC_BASE_URL",
    "apiKey": "ANTHROPIC_AUTH_TOKEN",
    "model": "ANTHROPIC_MODEL",
    "haikuModel": "ANTHROPIC_DEFAULT_HAIKU_MODEL",
    "sonnetModel": "ANTHROPIC_DEFAULT_SONNET_MODEL",
    "opusModel": "ANTHROPIC_DEFAULT_OPUS_MODEL",
}
_GEMINI = {
    "endpoint": "GOOGLE_GEMINI_BASE_URL",
    "apiKey": "GEMINI_API_KEY",
    "model": "GEMINI_MODEL",
}


def read(link: str) -> Found:
    """Raises `ClientError`."""
    parts = urlsplit(link)
    if (parts.netloc.lower(), parts.path) != ("v1", "/import"):
        hint = "Links that begin with ccswitch://v1/import are known."
        raise UnreadableError("This link of CC Switch is not known", hint)
    given = parameters(link)
    resource = given.get("resource", "")
    if resource != "provider":
        hint = "MCP servers, prompts and skills are Claude Code's own. Add them there."
        raise UnreadableError(f"This link brings no provider but {resource or 'nothing'}", hint)
    if given.get("configUrl"):
        hint = f"Open {given['configUrl']} yourself."
        raise UnreadableError("This link leads to a file elsewhere, which is not fetched", hint)
    given["endpoint"] = given.get("endpoint", "").split(",")[0].strip()
    app = given.get("app", "claude").replace("claude-desktop", "claude")
    record = Record(
        app=app,
        name=given.get("name", ""),
        settings=_settings(app, given),
        meta={"apiFormat": given.get("apiFormat", "")},
        is_current=True,
    )
    found = from_records([record], Origin.LINK)
    found.title = _TITLE
    if given.get("usageScript") or given.get("usageScriptConfig"):
        found.needs_hand.append("a script that asks for usage: links bring no code here.")
    return found


def _settings(app: str, given: dict[str, str]) -> JsonObject:
    """The app's settings as its own would be, the parameters over what `config` has."""
    return _SHAPES.get(app, _claude)(_config(given), given)


def _claude(config: JsonObject, given: dict[str, str]) -> JsonObject:
    return {"env": {**object_of(config.get("env")), **_renamed(given, _CLAUDE)}}


def _gemini(config: JsonObject, given: dict[str, str]) -> JsonObject:
    env = object_of(config.get("env")) or config
    return {"env": {**env, **_renamed(given, _GEMINI)}}


def _renamed(given: dict[str, str], names: dict[str, str]) -> JsonObject:
    return {name: given[key] for key, name in names.items() if given.get(key)}


def _config(given: dict[str, str]) -> JsonObject:
    text = given.get("config", "")
    if not text:
        return {}
    if given.get("configFormat") == "toml":
        try:
            return tomllib.loads(from_base64(text).decode())
        except (ValueError, RecursionError) as exc:
            raise UnreadableError("The config of this link can't be read", f"{exc}.") from exc
    return unpacked(text, "config")


def _codex(config: JsonObject, given: dict[str, str]) -> JsonObject:
    if not given.get("endpoint") and text_of(config, "config"):
        key = given.get("apiKey")
        return {**config, "auth": {"OPENAI_API_KEY": key}} if key else config
    model, url = (_toml(given.get(key, "")) for key in ("model", "endpoint"))
    text = (
        f'model_provider = "custom"\nmodel = {model}\n'
        f'[model_providers.custom]\nbase_url = {url}\nwire_api = "responses"\n'
    )
    auth = object_of(config.get("auth"))
    key = given.get("apiKey") or text_of(auth, "OPENAI_API_KEY")
    return {"auth": {"OPENAI_API_KEY": key}, "config": text}


def _toml(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _openclaw(config: JsonObject, given: dict[str, str]) -> JsonObject:
    names = {"endpoint": "baseUrl", "apiKey": "apiKey"}
    model = given.get("model")
    models = {"models": [{"id": model}]} if model else {}
    return {**config, **_renamed(given, names), **models}


def _opencode(config: JsonObject, given: dict[str, str]) -> JsonObject:
    options = _renamed(given, {"endpoint": "baseURL", "apiKey": "apiKey"})
    model = given.get("model")
    models: JsonObject = {"models": {model: {}}} if model else {}
    return {**config, "options": {**object_of(config.get("options")), **options}, **models}


_SHAPES: dict[str, Callable[[JsonObject, dict[str, str]], JsonObject]] = {
    "codex": _codex,
    "gemini": _gemini,
    "openclaw": _openclaw,
    "opencode": _opencode,
}
