"""Options that several commands share."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.core.config.reader import load_config

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config


def parser(command: str, description: str, examples: str) -> argparse.ArgumentParser:
    """A parser with the options that say which service is meant."""
    result = argparse.ArgumentParser(
        prog=f"ccr {command}",
        description=description,
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    result.add_argument("--config", metavar="FILE", help="configuration file to use")
    result.add_argument("--port", type=_port, metavar="N", help="port of the service")
    return result


def read_config(options: argparse.Namespace) -> Config:
    """The configuration in force, with what the options change in it."""
    config = load_config(paths.find_config(options.config))
    changes = {
        name: value
        for name in ("port", "host")
        if (value := getattr(options, name, None)) is not None
    }
    return replace(config, **changes)


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port from 0 to 65535")
