"""What CC Switch keeps for a provider is the settings file of an app: read back for each of them.

Facts from its sources (`src-tauri/src/deeplink/provider.rs`, `provider.rs`) and its manual: Claude
Code has `env`; Codex has `auth` and a text of TOML; Gemini has `env`; OpenCode and OpenClaw have
members for address, key and models. `meta.apiFormat` says what a provider of Claude Code speaks,
`meta.isFullUrl` that its address is complete.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ccr_desktop.core.transfer.entries import object_of, objects, text_of
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccr_desktop.core.protocol.json import JsonObject

_FORMATS = {
    "anthropic": "anthropic",
    "openai_chat": "openai-chat",
    "openai_responses": "openai-responses",
    "gemini_native": "gemini",
}
_SIGN_IN = "It is a sign-in, without an address of its own"
_NO_ADDRESS = "It has no address of its own"
_HINT = "Add the provider here with a key."
_HINT_OF_NO_ADDRESS = "Add the provider here with its address and a key."
_HINT_OF_SIGN_IN = "Add the provider here, and sign in or enter a key."
_SIGNING_IN = {"claude", "codex", "gemini"}
"""Apps that go to their own vendor with an account, where nothing else is set."""
_KEPT_SIGN_INS = {"github_copilot", "codex_oauth"}
"""In `meta.providerType`: its own proxy adds the token of an account."""
_HINT_OF_CLAUDE = "Add the provider here with a key, or launch Claude Code past the router for it."


@dataclass(frozen=True, slots=True)
class AppProvider:
    """What one app's settings say. `background` is the model for small tasks, `by_name` has those
    for Opus and Sonnet."""

    url: str
    key: str = field(repr=False)
    dialect: str
    models: tuple[str, ...] = ()
    main: str = ""
    background: str = ""
    by_name: tuple[tuple[str, str], ...] = ()
    sends_bearer: bool = False
    """Whether the app sends the key as `Authorization: Bearer` to an Anthropic endpoint."""


def read_app(app: str, settings: JsonObject, meta: JsonObject) -> AppProvider:
    """Raises `ClientError` where it can't be a provider here."""
    reader = _READERS.get(app)
    if reader is None:
        raise ClientError(f"It is for {app}, whose settings are not known here", _HINT)
    if text_of(meta, "providerType") in _KEPT_SIGN_INS:
        raise ClientError("It is a sign-in that CC Switch keeps", _HINT_OF_SIGN_IN)
    found = reader(settings, meta)
    if not found.url:
        raise _without_address(app, settings, found)
    return found


def _without_address(app: str, settings: JsonObject, found: AppProvider) -> ClientError:
    """An app signs in without a key, or knows the address itself."""
    package = text_of(settings, "npm")
    if package:
        said = f"It has no address of its own: OpenCode knows that of {package}"
        return ClientError(said, _HINT_OF_NO_ADDRESS)
    if found.key or app not in _SIGNING_IN:
        return ClientError(_NO_ADDRESS, _HINT_OF_NO_ADDRESS)
    return ClientError(_SIGN_IN, _HINT_OF_CLAUDE if app == "claude" else _HINT)


def app_names() -> tuple[str, ...]:
    return tuple(_READERS)


def _claude(settings: JsonObject, meta: JsonObject) -> AppProvider:
    env = object_of(settings.get("env"))
    main = text_of(env, "ANTHROPIC_MODEL")
    small = text_of(env, "ANTHROPIC_DEFAULT_HAIKU_MODEL", "ANTHROPIC_SMALL_FAST_MODEL")
    names = ("sonnet", "opus")
    others = [text_of(env, f"ANTHROPIC_DEFAULT_{name.upper()}_MODEL") for name in names]
    models = [main, *others, small]
    stated = text_of(meta, "apiFormat") or text_of(settings, "api_format", "apiFormat")
    dialect = _FORMATS.get(stated, "anthropic")
    return AppProvider(
        text_of(env, "ANTHROPIC_BASE_URL"),
        text_of(env, "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY"),
        dialect,
        tuple(_bare(model) for model in models if model),
        _bare(main),
        _bare(small),
        tuple((name, _bare(model)) for name, model in zip(names, others, strict=True) if model),
        sends_bearer=dialect == "anthropic" and bool(text_of(env, "ANTHROPIC_AUTH_TOKEN")),
    )


def _bare(model: str) -> str:
    """Without the mark of Claude Code for a long window: `glm-5[1m]`."""
    return model.partition("[")[0].strip()


def _codex(settings: JsonObject, _meta: JsonObject) -> AppProvider:
    text = text_of(settings, "config")
    try:
        config = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as exc:
        raise ClientError("Its settings for Codex can't be read", f"{exc}.") from exc
    providers = object_of(config.get("model_providers"))
    chosen = object_of(providers.get(text_of(config, "model_provider")))
    key = text_of(object_of(settings.get("auth")), "OPENAI_API_KEY")
    model = text_of(config, "model")
    return AppProvider(
        text_of(chosen, "base_url"),
        key or text_of(chosen, "experimental_bearer_token"),
        "openai-chat" if text_of(chosen, "wire_api") == "chat" else "openai-responses",
        (model,) if model else (),
        model,
    )


def _gemini(settings: JsonObject, _meta: JsonObject) -> AppProvider:
    env = object_of(settings.get("env"))
    key, model = text_of(env, "GEMINI_API_KEY"), text_of(env, "GEMINI_MODEL")
    url = text_of(env, "GOOGLE_GEMINI_BASE_URL")
    if key and not url:
        url = "https://generativelanguage.googleapis.com/v1beta/models/"
    return AppProvider(url, key, "gemini", (model,) if model else (), model)


def _opencode(settings: JsonObject, _meta: JsonObject) -> AppProvider:
    options = object_of(settings.get("options"))
    package = text_of(settings, "npm")
    dialect = "anthropic" if "anthropic" in package else "openai-chat"
    if package == "@ai-sdk/openai":
        dialect = "openai-responses"
    models = tuple(object_of(settings.get("models")))
    return AppProvider(text_of(options, "baseURL"), text_of(options, "apiKey"), dialect, models)


def _openclaw(settings: JsonObject, _meta: JsonObject) -> AppProvider:
    api = text_of(settings, "api")
    dialect = "anthropic" if "anthropic" in api else "openai-chat"
    if "responses" in api:
        dialect = "openai-responses"
    models = tuple(text_of(each, "id") for each in objects(settings.get("models")))
    return AppProvider(text_of(settings, "baseUrl"), text_of(settings, "apiKey"), dialect, models)


_READERS: dict[str, Callable[[JsonObject, JsonObject], AppProvider]] = {
    "claude": _claude,
    "codex": _codex,
    "gemini": _gemini,
    "opencode": _opencode,
    "openclaw": _openclaw,
}
