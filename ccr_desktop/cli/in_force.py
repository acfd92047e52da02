"""The configuration that the router serves by, also while its file has errors."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ccr_desktop import runfile
from ccr_desktop.cli.local_service import manage
from ccr_desktop.cli.prompts import say
from ccr_desktop.core.config.reader import load_config, read_config
from ccr_desktop.core.config.schema import Config, Route, Router
from ccr_desktop.errors import CcrError, ConfigError, few

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def config_in_force(path: Path | None, overrides: Mapping[str, Any]) -> Config:
    """What the file says, or a router that serves on without it: then with a warning.

    Raises `ConfigError` when the file can't be used and no router serves for it either.
    """
    try:
        return replace(load_config(path, keys_of=("APIKEY",)), **overrides)
    except ConfigError as exc:
        config = served(path, exc, overrides)
        if config is None or (exc.readable is None and _wants_key(config)):
            raise  # nobody runs, or wants a key that can't be read
        lines = "\n".join(f"  {line}" for line in few(exc.issues))
        say(f"ccr: {path} has errors and is NOT in force; the router goes on without it:\n{lines}")
        return config


def readable(path: Path | None, error: ConfigError, overrides: Mapping[str, Any]) -> Config:
    """What can be read of a file with errors; the defaults stand for the rest."""
    config = error.readable or read_config({}, None, os.environ)
    return replace(config, source=path, **overrides)


def served(path: Path | None, error: ConfigError, overrides: Mapping[str, Any]) -> Config | None:
    """The configuration of the service that was started with *path* when it had no errors."""
    config = readable(path, error, overrides)
    for candidate in _candidates(config, overrides):
        status = _asked(candidate, "/api/status")
        if status and status["config"] == str(path):
            return replace(candidate, router=_router(status["routes"]))
    return None


def _candidates(config: Config, overrides: Mapping[str, Any]) -> Iterator[Config]:
    """*config* with the address of each service there may be, the likeliest first."""
    ports = [config.port] if "port" in overrides else [config.port, *runfile.ports()]
    for port in dict.fromkeys(ports):
        if info := runfile.read(port):
            host = urlsplit(info.url).hostname or config.host
            yield replace(config, host=host, port=port)


def _asked(config: Config, path: str) -> Mapping[str, Any] | None:
    try:
        return manage(config, "GET", path)
    except CcrError:
        return None


def _wants_key(config: Config) -> bool:
    told = _asked(config, "/api/config")
    return bool(told and told["config"].get("APIKEY"))


def _router(routes: Mapping[str, list[str]]) -> Router:
    return Router(
        routes={
            scenario: tuple(Route(*text.split(",", 1)) for text in texts)
            for scenario, texts in routes.items()
        }
    )
