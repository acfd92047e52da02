"""Servers of models on this computer: which of them answer, and how one is started.

Nobody is asked until a person wants it.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import subprocess
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ccr_desktop.core.config.dialects import inferred_dialect
from ccr_desktop.core.config.schema import Provider
from ccr_desktop.core.setup.keys import is_local
from ccr_desktop.core.setup.templates import templates
from ccr_desktop.core.upstream.model_list import list_models
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.setup.templates import Template

USUAL = ("ollama", "lmstudio", "llama.cpp", "vllm")
"""The templates of servers that listen at a usual port."""
_PATIENCE_S = 2.0
_START_S = 20.0
_LOOK_EVERY_S = 0.2
# By usual port: the program's title, and what starts it; others need a model to start with.
_PROGRAMS = {
    11434: ("Ollama", ("ollama", "serve")),
    1234: ("LM Studio", ("lms", "server", "start")),
}


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A server that answers, with the models it has."""

    template: Template
    models: tuple[str, ...]


def usual_servers() -> list[Template]:
    return [templates()[name] for name in USUAL]


async def find_local_servers(
    config: Config, candidates: Iterable[Template] | None = None
) -> list[LocalServer]:
    """Those of the *candidates* (the usual ones) that list their models, in that order."""
    asked = [*(usual_servers() if candidates is None else candidates)]
    found = await asyncio.gather(*(_look(config, template) for template in asked))
    return [server for server in found if server is not None]


def startable(url: str) -> str:
    """The title of a program that is installed here and serves this address; else empty."""
    title, command = _program(url)
    return title if command and shutil.which(command[0]) else ""


async def start_server(url: str) -> None:
    """Start the program of an address and wait until it listens. Raises `CcrError`."""
    title, command = _program(url)
    path = shutil.which(command[0]) if command else None
    if path is None:
        raise CcrError("No program is known that serves this address", "Start the server yourself.")
    await asyncio.to_thread(_detach, [path, *command[1:]])
    parts = urlsplit(url)
    try:
        async with asyncio.timeout(_START_S):
            await _listens(parts.hostname or "localhost", parts.port or 80)
    except TimeoutError as exc:
        raise CcrError(f"{title} did not start", "Start it yourself, and check again.") from exc


async def _look(config: Config, template: Template) -> LocalServer | None:
    dialect = inferred_dialect(template.url)
    provider = Provider(name=template.id, url=template.url, dialect=dialect)
    with contextlib.suppress(CcrError, TimeoutError):
        async with asyncio.timeout(_PATIENCE_S):
            return LocalServer(template, tuple(await list_models(config, provider)))
    return None


def _program(url: str) -> tuple[str, tuple[str, ...]]:
    if not is_local(url):
        return "", ()
    return _PROGRAMS.get(urlsplit(url).port or 0, ("", ()))


def _detach(command: list[str]) -> None:
    """It goes on when this program ends, as it would had the person started it."""
    process = subprocess.Popen(  # noqa: S603  # a program that is known by its name
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=process.wait, daemon=True).start()


async def _listens(host: str, port: int) -> None:
    while True:
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection(host, port)
            writer.close()
            return
        await asyncio.sleep(_LOOK_EVERY_S)
