"""From the text of `config.json` to a `Config`, with all problems collected on the way."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.defaults import demo_config
from ccr_desktop.core.config.fields import read_setting, whole_number
from ccr_desktop.core.config.interpolation import interpolate
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.providers import read_providers
from ccr_desktop.core.config.routes import read_router
from ccr_desktop.core.config.schema import DEFAULT_HOST, SETTINGS, Config
from ccr_desktop.core.protocol.json import JSONDecodeError, JsonObject, loads
from ccr_desktop.core.providers.catalog import LOOPBACK
from ccr_desktop.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def load_config(path: Path | None, environment: Mapping[str, str] | None = None) -> Config:
    """The configuration in *path*, or the built-in defaults when there is no file.

    Raises `ConfigError` with every problem when the file can't be used at all; problems that
    leave the rest working are in `Config.issues`.
    """
    environment = os.environ if environment is None else environment
    raw = _read_file(path) if path else {}
    return read_config(raw, path, environment)


def read_config(raw: JsonObject, path: Path | None, environment: Mapping[str, str]) -> Config:
    """The configuration that the parsed file *raw* describes."""
    issues: list[Issue] = []
    values = interpolate(raw, environment, issues)
    settings = {setting.key: read_setting(setting, values, issues) for setting in SETTINGS}
    providers = read_providers(values, issues)
    router = read_router(values, providers, issues)
    if not providers and not raw.get("Router"):
        providers, router = demo_config()
    port = _service_port(environment, issues) or settings["PORT"]
    if any(issue.severity == "error" for issue in issues):
        raise ConfigError(
            str(path or "(no file)"), sorted(issues, key=lambda issue: issue.severity)
        )
    config = Config(
        source=path,
        host=settings["HOST"],
        port=port,
        api_key=settings["APIKEY"],
        writes_log=settings["LOG"],
        log_level=settings["LOG_LEVEL"],
        proxy_url=settings["PROXY_URL"],
        api_timeout_ms=settings["API_TIMEOUT_MS"],
        claude_path=settings["CLAUDE_PATH"],
        non_interactive=settings["NON_INTERACTIVE_MODE"],
        providers=providers,
        router=router,
        issues=tuple(issues),
        raw=raw,
    )
    return safe_host(config)


def _read_file(path: Path) -> JsonObject:
    try:
        text = path.read_bytes()
    except OSError as exc:
        hint = "Give the path of a readable file with --config."
        raise ConfigError(str(path), [Issue("", f"{exc.strerror or exc}.", hint)]) from exc
    value = _parse(text, path)
    if not isinstance(value, dict):
        hint = "Begin with { and end with }."
        raise ConfigError(str(path), [Issue("", "the file must hold an object.", hint)])
    return value


def _parse(text: bytes, path: Path) -> Any:
    """JSON first, which is a hundred times faster; JSON5 for comments and trailing commas."""
    try:
        return loads(text.removeprefix(b"\xef\xbb\xbf"))
    except JSONDecodeError:
        import json5  # noqa: PLC0415  # slow to import, and seldom needed

        try:
            return json5.loads(text.decode("utf-8-sig"))
        except (ValueError, RecursionError) as exc:
            issue = Issue("", f"the file is not valid JSON5: {exc}.", "Mend it at that place.")
            raise ConfigError(str(path), [issue]) from exc


def _service_port(environment: Mapping[str, str], issues: list[Issue]) -> int | None:
    value = environment.get("SERVICE_PORT")
    if not value:
        return None
    port = whole_number(value)
    if port is not None and 0 < port < 65536:
        return port
    issues.append(Issue("SERVICE_PORT", f"found {value!r}.", "A port from 1 to 65535 is allowed."))
    return None


def safe_host(config: Config) -> Config:
    """*config* without an address that is open to others while there is no key.

    Another address than loopback needs APIKEY: without one nobody else may listen in.
    """
    if config.host in LOOPBACK or config.api_key:
        return config
    problem = f"{config.host} is open to other machines and there is no APIKEY: using 127.0.0.1."
    issue = Issue("HOST", problem, "Set APIKEY to listen there.", "warning")
    return replace(config, host=DEFAULT_HOST, issues=(*config.issues, issue))
