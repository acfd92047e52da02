"""Keys, Claude Code, settings, add-ons, routes and the start at login."""

import asyncio
import errno
import sys
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.autostart.registration import autostart_for_system
from ccr_desktop.autostart.xdg import XdgAutostart
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.secrets import MemorySecrets, Place, StoreState, StoreStatus
from ccr_desktop.core.secrets.state import status
from ccr_desktop.doctor.check import Side, Verdict
from ccr_desktop.errors import CcrError
from tests.unit.doctor.conftest import Look

_PROVIDER = {"name": "p", "api_base_url": "https://h.test/v1", "api_key": "k", "models": ["m"]}


class LockedSecrets(MemorySecrets):
    def status(self) -> StoreStatus:
        return status(Place.KEYRING, StoreState.LOCKED, "test store")


def config(**changes: Any) -> dict[str, Any]:
    return {"Providers": [{**_PROVIDER, **changes}], "Router": {"default": "p,m"}}


def _with_spare(raw: dict[str, Any]) -> dict[str, Any]:
    providers = [*raw["Providers"], {**_PROVIDER, "name": "q"}]
    return {**raw, "Providers": providers, "fallback": {"default": ["q,m"]}}


def claude(folder: Path, says: str) -> dict[str, str]:
    program = folder / "bin" / "claude"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f"#!/bin/sh\necho '{says}'\n", "utf-8")
    program.chmod(0o755)
    return {"PATH": f"{program.parent}:/usr/bin:/bin"}


@pytest.mark.parametrize(
    ("key", "verdict"), [("keyring:p", Verdict.PROBLEM), ("$NAME", Verdict.WARNING)]
)
def test_a_locked_store_is_a_problem_where_keys_are_kept_there(
    look: Look, key: str, verdict: Verdict
) -> None:
    finding = look("key-store", config(api_key=key), secrets=LockedSecrets())

    assert finding.verdict is verdict
    assert "locked" in str(finding.text)
    assert "Unlock" in str(finding.remedy)


def test_a_store_that_works_is_named(look: Look) -> None:
    assert str(look("key-store").text) == "memory is ready."


def test_a_provider_without_its_key_is_named(look: Look) -> None:
    finding = look("keys", config(api_key="$NOWHERE_SET"))

    assert (finding.verdict, finding.side) == (Verdict.PROBLEM, Side.SETTINGS)
    assert "ccr keys set p" in str(finding.remedy)


@pytest.mark.parametrize(
    ("says", "verdict", "word"),
    [
        ("2.1.332 (Claude Code)", Verdict.OK, "2.1.332"),
        ("2.1.100 (Claude Code)", Verdict.WARNING, "2.1.223"),
        ("1.0.128 (Claude Code)", Verdict.WARNING, "Version 1"),
        ("hello", Verdict.WARNING, "does not tell"),
    ],
)
def test_the_version_of_claude_is_judged(
    look: Look, home: Path, says: str, verdict: Verdict, word: str
) -> None:
    finding = look("claude", None, claude(home, says))

    assert finding.verdict is verdict
    assert word in str(finding.text)


def test_a_missing_claude_says_how_it_is_installed(look: Look, home: Path) -> None:
    finding = look("claude", {"CLAUDE_PATH": str(home / "nowhere")}, {"PATH": str(home)})

    assert finding.verdict is Verdict.PROBLEM
    assert "npm install" in str(finding.remedy)


@pytest.mark.parametrize(
    ("raw", "verdict"),
    [
        (config(), Verdict.OK),
        ("{", Verdict.PROBLEM),
        ({**config(), "LOGG": True}, Verdict.WARNING),
        ({**config(), "PORT": "x"}, Verdict.PROBLEM),
    ],
)
def test_issues_of_the_settings_are_found(look: Look, raw: Any, verdict: Verdict) -> None:
    assert look("configuration", raw).verdict is verdict


def test_a_broken_add_on_is_found(look: Look, home: Path) -> None:
    (home / "mine.py").write_text("oops(", "utf-8")

    finding = look("plugins", {**config(), "transformers": [{"path": str(home / "mine.py")}]})

    assert finding.verdict is Verdict.PROBLEM
    assert "SyntaxError" in str(finding.text)


def test_a_log_that_cannot_be_written_is_no_matter_of_plugins(look: Look) -> None:
    async def issues() -> tuple[Issue, ...]:
        return (Issue("LOG", "no log is kept", severity="warning"),)

    assert look("plugins", config(), issues=issues).verdict is Verdict.OK


@pytest.mark.parametrize(
    ("raw", "verdict"),
    [
        (config(), Verdict.OK),
        (config(paused=True), Verdict.PROBLEM),
        (_with_spare(config(paused=True)), Verdict.OK),
    ],
    ids=["on", "off", "off, and another answers"],
)
def test_the_main_work_needs_a_provider_that_is_on(look: Look, raw: Any, verdict: Verdict) -> None:
    assert look("routes", raw).verdict is verdict


def test_another_copy_at_login_is_replaced_by_this_one(look: Look) -> None:
    assert look("autostart").verdict is Verdict.OK
    autostart_for_system().enable(["/opt/old/ccr-desktop", "ui"])

    finding = look("autostart")

    assert finding.verdict is Verdict.WARNING
    assert finding.repair
    asyncio.run(finding.repair.apply())
    assert look("autostart").verdict is Verdict.OK


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="desktop entries")
def test_a_folder_where_the_start_at_login_is_written_is_told(look: Look) -> None:
    place = XdgAutostart().path
    place.mkdir(parents=True)

    finding = look("autostart")

    assert finding.verdict is Verdict.WARNING
    assert "can't be told: It is a folder." in str(finding.text)
    assert str(place) in str(finding.remedy)


def test_a_start_at_login_that_cannot_be_renewed_is_told_in_words(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    autostart_for_system().enable(["/opt/old/ccr-desktop", "ui"])
    finding = look("autostart")
    monkeypatch.setattr(type(autostart_for_system()), "enable", refuse)

    assert finding.repair
    with pytest.raises(CcrError, match="Access is denied"):
        asyncio.run(finding.repair.apply())


@pytest.mark.parametrize("key", ["tray", "notifications"])
def test_what_only_the_app_sees_says_so(look: Look, key: str) -> None:
    assert look(key).verdict is Verdict.UNCHECKED
