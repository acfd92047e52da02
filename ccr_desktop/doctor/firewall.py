"""Whether a firewall of this computer keeps other devices from a router that is open to them.

What a firewall lets in often only its owner may read: then there is the way to see to it.
"""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ccr_desktop.core.daemons import beside
from ccr_desktop.core.own_address import own_address
from ccr_desktop.core.providers.catalog import LOOPBACK
from ccr_desktop.doctor.check import Around, Check, Finding, Side, Verdict, fine, unchecked
from ccr_desktop.doctor.words import Words, say

_UFW = Path("/etc/ufw/ufw.conf")
_UFW_RULES = Path("/etc/ufw/user.rules")
_UFW_ALLOWS = re.compile(r"^### tuple ### allow (?:tcp|any) (\S+) ", re.MULTILINE)
_MAC = "/usr/libexec/ApplicationFirewall/socketfilterfw"
_WINDOWS = r"SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy"
_PATIENCE_S = 5.0


@dataclass(frozen=True, slots=True)
class Firewall:
    """One that is on. `lets_in` is None where that can't be seen; `way` is how it is opened."""

    name: str | Words
    lets_in: bool | None
    way: Words


async def _reached(around: Around) -> Finding:
    config = around.config
    if config.host in LOOPBACK:
        return fine(say("Only this computer reaches the router, whatever a firewall says."))
    found = await beside(lambda: list(_firewalls(config.port)))
    url = f"http://{own_address()}:{config.port}"
    if not found:
        return fine(say("No firewall was found here. Other devices use {url}.", url=url))
    closed = [wall for wall in found if wall.lets_in is False]
    unseen = [wall for wall in found if wall.lets_in is None]
    if not closed and not unseen:
        return fine(say("{name} lets other devices in, on {url}.", name=found[0].name, url=url))
    if not closed:
        return unchecked(
            say(
                "{name} is on. Whether it lets other devices in on port {port} can't be seen here."
                " {way}",
                name=unseen[0].name,
                port=config.port,
                way=unseen[0].way,
            )
        )
    return Finding(
        verdict=Verdict.WARNING,
        text=say(
            "{name} keeps other devices from port {port}.", name=closed[0].name, port=config.port
        ),
        side=Side.COMPUTER,
        remedy=closed[0].way,
        page="settings/service",
    )


def _firewalls(port: int) -> Iterator[Firewall]:
    match sys.platform:
        case "win32":
            yield from _of_windows(port)
        case "darwin":
            yield from _of_mac()
        case _:
            yield from _ufw(port)
            yield from _firewalld(port)
            yield from _nftables(port)


def _ufw(port: int) -> Iterator[Firewall]:
    with suppress(OSError):
        if re.search(r"(?m)^ENABLED=yes", _UFW.read_text(encoding="utf-8")):
            way = say("Open it: `sudo ufw allow {port}/tcp`.", port=port)
            yield Firewall("ufw", _ufw_lets_in(port), way)


def _ufw_lets_in(port: int) -> bool | None:
    try:
        rules = _UFW_RULES.read_text(encoding="utf-8")
    except OSError:  # only root may read it, usually
        return None
    spans = [span for allowed in _UFW_ALLOWS.findall(rules) for span in allowed.split(",")]
    return any(_holds(span, port) for span in spans)


def _holds(span: str, port: int) -> bool:
    """*span* is a port, `first:last`, or `any`."""
    first, _, last = span.partition(":")
    if not first.isdigit():
        return span == "any"
    return int(first) <= port <= int(last or first)


def _firewalld(port: int) -> Iterator[Firewall]:
    answer = _said("firewall-cmd", f"--query-port={port}/tcp")
    if answer in {"yes", "no"}:
        way = say(
            "Open it: `sudo firewall-cmd --permanent --add-port={port}/tcp`, then"
            " `sudo firewall-cmd --reload`.",
            port=port,
        )
        yield Firewall("firewalld", answer == "yes", way)


def _nftables(port: int) -> Iterator[Firewall]:
    if _said("systemctl", "is-active", "nftables.service") == "active":
        way = say(
            "Where other devices do not get through, allow it in /etc/nftables.conf:"
            " `tcp dport {port} accept`.",
            port=port,
        )
        yield Firewall("nftables", None, way)


def _of_mac() -> Iterator[Firewall]:
    if "enabled" in _said(_MAC, "--getglobalstate"):
        way = say(
            "Where other devices do not get through, allow CCR Desktop: System Settings, Network,"
            " Firewall, Options."
        )
        yield Firewall(say("The firewall of macOS"), None, way)


def _of_windows(port: int) -> Iterator[Firewall]:
    if _is_on_in_windows():
        way = say(
            "Where other devices do not get through, allow CCR Desktop: Windows Security,"
            " Firewall, Allow an app. Or as administrator: `netsh advfirewall firewall add rule"
            ' name="CCR Desktop" dir=in action=allow protocol=TCP localport={port}`.',
            port=port,
        )
        yield Firewall(say("The firewall of Windows"), None, way)


def _is_on_in_windows() -> bool:
    winreg: Any = importlib.import_module("winreg")  # checkers elsewhere know nothing of it
    for profile in ("StandardProfile", "PublicProfile", "DomainProfile"):
        with (
            suppress(OSError),
            winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, rf"{_WINDOWS}\{profile}") as key,
        ):
            if winreg.QueryValueEx(key, "EnableFirewall")[0]:
                return True
    return False


def _said(*command: str) -> str:
    """What a program prints; empty where it is not there or says nothing in time."""
    return _run(command).strip()


def _run(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(  # noqa: S603  # fixed programs, and a port
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout


CHECKS = (Check("firewall", say("Firewall"), _reached, 20.0),)
