"""Finding the service on this machine, and starting one when none answers."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import tempfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit

from ccr_desktop import paths, runfile
from ccr_desktop.cli.app_service import start_in_app
from ccr_desktop.core.file_trouble import why
from ccr_desktop.core.server.port import address, client_host, find_holder
from ccr_desktop.errors import CcrError, ServiceError
from ccr_desktop.own_program import own_command

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ccr_desktop.core.config.schema import Config

_PROBE_TIMEOUT_S = 2.0
_MANAGEMENT_TIMEOUT_S = 10.0
_NAME = "CCR Desktop"


def is_running(config: Config) -> bool:
    """Whether our service answers there. Raises `ServiceError` when another program does."""
    about = _probe(config)
    if about is None:
        return False
    if about.get("name") == _NAME:
        return True
    holder = find_holder(config.port) or "another program"
    hint = f"{holder} answers there. Choose another port with SERVICE_PORT or PORT."
    raise ServiceError(f"Port {config.port} is in use", hint)


def other_routers(config: Config) -> Iterator[runfile.RunInfo]:
    """Routers of this user on other ports, as far as their run files tell and they answer."""
    for port in runfile.ports():
        info = runfile.read(port) if port != config.port else None
        if info is None:
            continue
        host = urlsplit(info.url).hostname or config.host
        try:
            if is_running(replace(config, host=host, port=port)):
                yield info
        except ServiceError:
            pass  # the router has gone, and another program has its port


def _probe(config: Config) -> dict[str, object] | None:
    host = client_host(config.host)
    connection = http.client.HTTPConnection(f"{host}:{config.port}", timeout=_PROBE_TIMEOUT_S)
    try:
        connection.request("GET", "/")
        answer = json.loads(connection.getresponse().read(65536))
    except ConnectionRefusedError:
        return None
    except (OSError, ValueError, http.client.HTTPException):
        return {} if find_holder(config.port) else None
    finally:
        connection.close()
    return answer if isinstance(answer, dict) else {}


def start_service(config: Config, arguments: Sequence[str] = ()) -> str:
    """Start a service in the background and wait until it accepts requests.

    It is that of the desktop app where one runs, else a process of its own. Returns its address,
    which a free port that the system chose is part of.
    """
    if "--host" not in arguments and (url := start_in_app(config)):
        return url
    command = [*own_command(), "serve", "--port", str(config.port), *arguments]
    with _start_log() as errors:
        process = subprocess.Popen(  # noqa: S603  # our own program
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            **_detached(),
        )
        assert process.stdout is not None  # noqa: S101  # it is a pipe
        with process.stdout as output:
            line = output.readline()
        if line.startswith(b"ready "):
            return str(line.decode().split()[1])
        if not is_running(config):
            errors.seek(0)
            said = errors.read().decode("utf-8", "replace").strip()
            raise ServiceError("The router could not be started", said or "It said nothing.")
    return address(config)


def _start_log() -> BinaryIO:
    """What the service says on stderr, first of all why it can't start."""
    path = paths.log_dir() / "service-start.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        return os.fdopen(descriptor, "wb+")
    except OSError:  # the service will say so, too, and it needs no log
        return _nameless_log()


def _nameless_log() -> BinaryIO:
    try:
        return tempfile.TemporaryFile()
    except OSError as exc:
        reason = f"{exc.filename or tempfile.gettempdir()}: {why(exc)}. {paths.way_out(exc)}"
        raise ServiceError("The router can't start", reason) from exc


def _detached() -> dict[str, Any]:
    if os.name == "posix":
        return {"start_new_session": True}
    return {"creationflags": 0x00000208}  # DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP


def manage(
    config: Config,
    method: str,
    path: str,
    body: Any = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any] | None:
    """The answer of the running service's management API; None when it can't be asked.

    Bytes are sent as they are, anything else as JSON.
    Raises `CcrError` with the service's own words when it refuses.
    """
    info = runfile.read(config.port)
    if info is None:
        return None
    connection = http.client.HTTPConnection(
        info.url.removeprefix("http://"), timeout=_MANAGEMENT_TIMEOUT_S
    )
    content = body if isinstance(body, bytes | None) else json.dumps(body)
    headers = {**(headers or {}), "x-ccr-token": info.token}
    try:
        connection.request(method, path, body=content, headers=headers)
        response = connection.getresponse()
        answer = json.loads(response.read())
    except (OSError, ValueError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    if response.status == 401:
        return None  # the file is of a service that is gone
    if response.status != 200:
        raise CcrError("The router refused", answer["error"]["message"])
    return answer if isinstance(answer, dict) else None


def reload_running(config: Config) -> bool:
    """Have a running service read its configuration and the keyring again, if there is one."""
    try:
        return is_running(config) and manage(config, "POST", "/api/reload") is not None
    except CcrError:
        return False


class Hold:
    """Keeps a service that ends by itself running, for as long as this object is open."""

    def __init__(self, config: Config) -> None:
        info = runfile.read(config.port)
        self._connection: http.client.HTTPConnection | None = None
        if info is None:
            return
        connection = http.client.HTTPConnection(info.url.removeprefix("http://"))
        try:
            connection.request("GET", "/api/hold", headers={"x-ccr-token": info.token})
            connection.getresponse().readline()
        except (OSError, http.client.HTTPException):
            connection.close()  # it ended meanwhile, or the file is an old one
            return
        self._connection = connection

    def close(self) -> None:
        if self._connection:
            self._connection.close()
