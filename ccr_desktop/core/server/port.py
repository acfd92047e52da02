"""Taking a port, and naming whoever holds it already."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from ccr_desktop.errors import ServiceError

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one. Raises `ServiceError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # on Windows this option lets two programs share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(1024)
    except OSError as exc:
        listener.close()
        raise _bind_error(host, port, exc) from exc
    listener.setblocking(False)
    return listener


def release(listener: socket.socket) -> None:
    """Close it, also where the loop waits for its connections: for a server that nobody has.

    Else the loop would go on with the descriptor, and the next listener that is given it would
    take no connection.
    """
    if listener.fileno() >= 0:
        with suppress(NotImplementedError):  # a loop of Windows, which waits in another way
            asyncio.get_running_loop().remove_reader(listener)
    listener.close()


def address(config: Config) -> str:
    """Where the configured service is reached from this machine."""
    return f"http://{client_host(config.host)}:{config.port}"


def client_host(host: str) -> str:
    """The host part of an address by which programs on this machine reach a listener on *host*."""
    if host in {"0.0.0.0", "::", ""}:  # noqa: S104  # compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _bind_error(host: str, port: int, exc: OSError) -> ServiceError:
    if exc.errno == errno.EADDRINUSE:
        holder = find_holder(port)
        by = f"by {holder}" if holder else "by a program that the system does not name"
        hint = "Stop it, or choose another port with --port, SERVICE_PORT or PORT."
        return ServiceError(f"Port {port} is in use", f"It is held {by}. {hint}")
    if exc.errno == errno.EACCES:
        hint = "Choose a port above 1023."
        return ServiceError(f"Port {port} can't be taken", f"The system forbids it. {hint}")
    reason = exc.strerror or str(exc)
    return ServiceError(f"{host}:{port} can't be taken", f"{reason}. Check HOST and PORT.")


def find_holder(port: int) -> str:
    """Name and number of the process that listens on *port*; empty when it can't be told."""
    import psutil  # noqa: PLC0415  # only needed when something is wrong

    pid = find_listener(port)
    if pid is None:
        return ""
    try:
        return f"{psutil.Process(pid).name()} (process {pid})"
    except psutil.Error:
        return f"process {pid}"


def find_listener(port: int) -> int | None:
    """The number of the process that listens on *port*, where the system tells it."""
    import psutil  # noqa: PLC0415  # only needed when something is wrong

    try:
        connections = psutil.net_connections("inet")
    except (psutil.Error, OSError):
        return None
    for connection in connections:
        local = connection.laddr
        if connection.status == psutil.CONN_LISTEN and local and local.port == port:
            return connection.pid or None
    return None
