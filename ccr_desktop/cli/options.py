"""Options that several commands share."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.cli.in_force import config_in_force, readable, served
from ccr_desktop.core.config.reader import load_config, safe_host
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.errors import ConfigError

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.secrets import SecretStore


def parser(command: str, description: str, examples: str) -> argparse.ArgumentParser:
    """A parser with the options that say which service is meant."""
    result = plain_parser(command, description, examples)
    result.add_argument("--config", metavar="FILE", help="configuration file to use")
    result.add_argument("--port", type=_port, metavar="N", help="port of the service")
    return result


def plain_parser(command: str, description: str, examples: str) -> argparse.ArgumentParser:
    """A parser that shows examples. What it reads has `called`, the command's own words."""
    result = argparse.ArgumentParser(
        prog=f"ccr {command}",
        description=description,
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    result.set_defaults(called=f"ccr {command}")
    return result


def read_config(options: argparse.Namespace) -> Config:
    """The configuration in force, with what the options change in it, but no stored keys."""
    config = load_config(paths.find_config(options.config), keys_of=())
    return safe_host(replace(config, **overrides(options)))


def read_config_in_force(options: argparse.Namespace) -> Config:
    """The same with the router's own key, or that of a running one while the file is bad."""
    return config_in_force(paths.find_config(options.config), overrides(options))


def open_store(
    options: argparse.Namespace,
    *,
    tolerant: bool = False,
    secrets: SecretStore | None = None,
    patience_s: float | None = None,
    reads_keys: bool = True,
) -> ConfigStore:
    """The same, and the file that it comes from; *tolerant* opens one that can't be used, too.

    *patience_s* is for those who do not wait until somebody has unlocked the keys.
    """
    return ConfigStore(
        paths.find_config(options.config),
        explicit=options.config is not None,
        overrides=overrides(options),
        tolerant=tolerant,
        secrets=secrets,
        patience_s=patience_s,
        reads_keys=reads_keys,
    )


def service_config(options: argparse.Namespace) -> Config:
    """The configuration that says where the service is, though its file may be bad by now."""
    path, given = paths.find_config(options.config), overrides(options)
    try:
        return replace(load_config(path, keys_of=()), **given)
    except ConfigError as exc:
        return served(path, exc, given) or readable(path, exc, given)


def overrides(options: argparse.Namespace) -> dict[str, Any]:
    """What the options say instead of the file."""
    given = {name: getattr(options, name, None) for name in ("port", "host")}
    return {name: value for name, value in given.items() if value is not None}


def add_host(options: argparse.ArgumentParser) -> None:
    """The option for commands that start a service."""
    options.add_argument("--host", type=_host, metavar="H", help="address to listen on")


def _host(text: str) -> str:
    import socket  # noqa: PLC0415  # only needed for this option

    try:
        if text.strip():
            socket.getaddrinfo(text, None)
            return text
    except (OSError, UnicodeError):
        pass
    raise argparse.ArgumentTypeError(f"{text!r} is no address to listen on")


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port from 0 to 65535")
