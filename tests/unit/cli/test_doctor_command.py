"""`ccr doctor`: what it prints, its exit code, and what it mends."""

import json
import socketserver
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.cli import doctor
from ccr_desktop.core.config.schema import Config
from ccr_desktop.doctor.check import Around, Check, Finding, Repair, Side, Verdict, fine
from ccr_desktop.doctor.words import Words, say
from tests.support.ports import free_port
from tests.unit.cli.conftest import Home, Run

_KEY = "sk-planted-0123456789abcdef"


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, list[str]]]:
    """The ports of routers that were started, with what they were told; none really is."""
    found: list[tuple[int, list[str]]] = []

    def start(config: Config, arguments: Sequence[str] = ()) -> str:
        found.append((config.port, [*arguments]))
        return f"http://127.0.0.1:{config.port}"

    monkeypatch.setattr(doctor, "start_service", start)
    return found


@pytest.fixture(autouse=True)
def plain(user: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with Claude Code, and nothing that leads it elsewhere."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "XDG_CONFIG_HOME", "CLAUDE_CONFIG_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    program = user.folder / "bin" / "claude"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 2.1.332\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.chdir(user.folder)


def checks(said: Any) -> dict[str, Any]:
    return {check["check"]: check for check in said.json["checks"]}


def test_warnings_alone_are_no_failure(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVICE_PORT", str(free_port()))  # the usual one may be a real router's

    said = run("doctor", "--json")

    assert said.code == 0
    assert said.json["ok"] is True
    assert checks(said)["service"]["result"] == "warning"
    assert checks(said)["claude"]["result"] == "ok"
    assert checks(said)["tray"]["result"] == "not checked"


def test_a_problem_is_shown_with_its_side_and_the_way_out(user: Home, run: Run) -> None:
    settings = user.folder / ".claude" / "settings.json"
    settings.parent.mkdir()
    settings.write_text(json.dumps({"env": {"ANTHROPIC_AUTH_TOKEN": _KEY}}), "utf-8")

    said = run("doctor")

    assert said.code == 1
    assert f"PROBLEM   Settings of Claude Code: {settings} gives Claude Code another" in said.out
    assert "On the side of Claude Code. Take ANTHROPIC_AUTH_TOKEN out" in said.out
    assert "1 problems" not in said.out
    assert _KEY not in said.out + said.err


@pytest.mark.parametrize(
    ("arguments", "typed", "is_taken_out"),
    [
        (("--yes",), None, False),
        (("--yes",), "n\n", False),
        (("--yes",), "y\n", True),
        ((), "y\ny\nn\n", True),
    ],
    ids=["nobody is there", "a person refuses", "a person agrees", "and is asked before, too"],
)
def test_a_file_of_claude_code_is_changed_only_with_consent(
    user: Home, run: Run, arguments: tuple[str, ...], typed: str | None, *, is_taken_out: bool
) -> None:
    settings = user.folder / ".claude" / "settings.json"
    before = json.dumps({"env": {"ANTHROPIC_AUTH_TOKEN": _KEY}, "mine": 1})
    user.write(before, settings)

    said = run("doctor", "--json", "--fix", *arguments, typed=typed)

    assert (settings.read_text("utf-8") != before) is is_taken_out
    assert ("claude-settings" in said.json["fixed"]) is is_taken_out
    assert (checks(said)["claude-settings"]["result"] == "ok") is is_taken_out
    assert _KEY not in said.out + said.err
    assert "…?" not in said.err  # a label of the window, asked here
    copies = [*settings.parent.glob("settings.json.before-ccr-*")]
    assert [copy.read_text("utf-8") for copy in copies] == [before] * is_taken_out


class _Speechless(socketserver.BaseRequestHandler):
    """Hangs up on whoever calls: a program that is silent is waited for."""


@pytest.fixture
def held(user: Home) -> Iterator[int]:
    """A port that another program listens on."""
    with socketserver.TCPServer(("127.0.0.1", 0), _Speechless) as server:
        port = server.server_address[1]
        user.write({"PORT": port}).chmod(0o600)
        threading.Thread(target=server.serve_forever, args=(0.05,)).start()
        yield port
        server.shutdown()


def test_what_can_be_mended_is_mended_without_a_question_on_demand(
    user: Home, run: Run, held: int, started: list[tuple[int, list[str]]]
) -> None:
    """Where a port is held by another program, the router is started on the new one at once."""
    assert run("doctor", "--json").code == 1

    said = run("doctor", "--json", "--fix", "--yes")

    assert said.code == 0
    assert said.json["fixed"] == ["port", "service"]
    assert checks(said)["port"]["result"] == "ok"
    assert user.raw["PORT"] > held
    assert started == [(user.raw["PORT"], [])]
    settings, router = said.err.splitlines()
    assert settings.endswith(f"The settings name port {user.raw['PORT']} now.")
    assert router.endswith(f"The router runs on http://127.0.0.1:{user.raw['PORT']}.")


@pytest.mark.parametrize(
    ("arguments", "typed", "is_started"),
    [(("--yes",), None, True), ((), "y\n", True), ((), "n\n", False), ((), None, False)],
    ids=["without a question", "agreed to", "refused", "nobody can be asked"],
)
def test_a_router_that_is_off_is_started(
    user: Home,
    run: Run,
    started: list[tuple[int, list[str]]],
    arguments: tuple[str, ...],
    typed: str | None,
    *,
    is_started: bool,
) -> None:
    port = free_port()
    user.write({"PORT": port}).chmod(0o600)

    said = run("doctor", "--json", "--fix", *arguments, typed=typed)

    assert started == [(port, [])] * is_started
    assert ("service" in said.json["fixed"]) is is_started
    assert checks(said)["service"]["fix"] == "Start it"


def test_the_router_is_started_last(
    user: Home,
    run: Run,
    started: list[tuple[int, list[str]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the settings as they were mended."""
    for port in ("4001", "4002"):
        run("config", "set", "PORT", port)
    user.own.write_text('{"PORT": 4003 "LOG": false}', "utf-8")
    monkeypatch.setenv("SERVICE_PORT", str(port := free_port()))

    said = run("doctor", "--json", "--fix", "--yes")

    assert said.json["fixed"][-2:] == ["configuration", "service"]
    assert started == [(port, [])]


def test_nothing_is_mended_where_nobody_can_be_asked(user: Home, run: Run, held: int) -> None:
    said = run("doctor", "--fix")

    assert said.code == 1
    assert "--yes" in said.err
    assert user.raw["PORT"] == held


@pytest.mark.parametrize(
    ("answers", "is_mended", "is_started"),
    [("yy", True, True), ("yn", True, False), ("n", False, False)],
)
def test_a_person_is_asked_first(
    user: Home,
    run: Run,
    held: int,
    started: list[object],
    answers: str,
    *,
    is_mended: bool,
    is_started: bool,
) -> None:
    said = run("doctor", "--fix", typed="".join(f"{answer}\n" for answer in answers))

    assert (user.raw["PORT"] != held) is is_mended
    assert bool(started) is is_started
    assert said.err.count("?") == len(answers)
    assert said.code == (0 if is_mended else 1)
    assert ("Checked again:" in said.out) is is_mended


def test_a_broken_settings_file_gets_its_last_good_version_back(user: Home, run: Run) -> None:
    for port in ("4001", "4002"):
        run("config", "set", "PORT", port)
    user.own.write_text('{"PORT": 4003 "LOG": false}', "utf-8")
    assert (
        checks(run("doctor", "--json"))["configuration"]["fix"] == "Restore the last good version"
    )

    said = run("doctor", "--fix", typed="y\nn\n")

    assert "Settings file: The last good settings are in force again" in said.err
    assert "ok        Settings file" in said.out.split("Checked again:")[1]
    assert user.raw["PORT"] == 4001
    assert run("config", "restore", "1").code == 2  # what was broken is there, and still is


def test_all_is_checked_again_with_the_settings_that_were_restored(
    user: Home, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The checks before were of the built-in settings, and knew none of the providers."""
    demo = {"name": "mine", "api_base_url": "demo:", "models": ["m"]}
    user.write({"Providers": [demo], "Router": {"default": "mine,m"}}).chmod(0o600)
    monkeypatch.setenv("SERVICE_PORT", str(free_port()))
    for level in ("debug", "info"):
        run("config", "set", "LOG_LEVEL", level)
    user.own.write_text('{"LOG": true "LOG_LEVEL": "info"}', "utf-8")
    assert "provider:mine" not in checks(run("doctor", "--json"))

    said = run("doctor", "--json", "--fix", "--yes")

    assert "configuration" in said.json["fixed"]
    assert checks(said)["provider:mine"]["result"] == "ok"
    assert "provider:demo" not in checks(said)
    assert checks(said)["routes"]["text"] == "m of mine is asked first."


def test_what_shows_only_with_the_restored_settings_is_mended_too(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def wrong(label: str, *, changes_all: bool = False) -> Finding:
        async def mend() -> Words:
            done.append(label)
            return say("Done.")

        repair = Repair(say("{label}", label=label), mend, changes_all=changes_all)
        return Finding(
            verdict=Verdict.PROBLEM,
            text=say("It is wrong."),
            side=Side.SETTINGS,
            repair=repair,
        )

    async def file(_: Around) -> Finding:
        return fine(say("Good.")) if done else wrong("file", changes_all=True)

    async def service(_: Around) -> Finding:
        return wrong("service") if done == ["file"] else fine(say("Good."))

    found = [Check("file", say("File"), file), Check("service", say("Router"), service)]
    monkeypatch.setattr(doctor, "all_checks", lambda _: found)

    said = run("doctor", "--json", "--fix", "--yes")

    assert said.json["fixed"] == done == ["file", "service"]
    assert said.json["ok"]


def test_what_somebody_else_mended_meanwhile_is_not_mended_again(
    user: Home, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for port in ("4001", "4002"):
        run("config", "set", "PORT", port)
    user.own.write_text('{"PORT": 4003 "LOG": false}', "utf-8")

    def mended(*_: object) -> bool:
        user.own.write_text('{"PORT": 4004}', "utf-8")
        return True

    monkeypatch.setattr(doctor, "_is_agreed", mended)
    said = run("doctor", "--fix", "--yes")

    assert "was changed since it was read" in said.err
    assert "ok        Settings file" in said.out.split("Checked again:")[1]
    assert user.raw == {"PORT": 4004}


@pytest.mark.usefixtures("without_keyring")
@pytest.mark.parametrize(
    ("arguments", "typed", "is_used"),
    [
        (("--yes",), None, False),
        (("--yes",), "n\n", False),
        (("--yes",), "y\n", True),
        ((), "y\ny\nn\n", True),
    ],
    ids=["nobody is there", "a person refuses", "a person agrees", "and is asked before, too"],
)
def test_the_protected_file_is_used_only_with_consent(
    user: Home, run: Run, arguments: tuple[str, ...], typed: str | None, *, is_used: bool
) -> None:
    said = run("doctor", "--json", "--fix", *arguments, typed=typed)

    file = user.folder / "desk" / "data" / "protected-keys"
    assert file.exists() is is_used
    assert ("encrypted in a file" in said.err) is (typed is not None)
    assert ("ccr keys use-file" in said.err) is (typed is None)
    assert ("key-store" in said.json["fixed"]) is is_used
    assert (checks(said)["key-store"]["result"] == "ok") is is_used


def test_the_support_file_has_the_settings_without_keys(
    user: Home, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTHER_API_KEY", f"{_KEY}-of-the-environment")
    provider = {
        "name": "mine",
        "api_base_url": "demo:",
        "api_key": _KEY,
        "models": ["m"],
        "headers": {"x-mine": f"header-{_KEY}"},
    }
    plugins = [{"name": "token-speed", "options": {"of a dull name": "dull-0123"}}]
    raw = {"Providers": [provider], "Router": {"default": "mine,m"}, "plugins": plugins}
    user.write(raw).chmod(0o600)
    log = user.folder / "desk" / "logs" / "ccr-desktop.log"
    log.parent.mkdir()
    log.write_text(f"a line with {_KEY} and {_KEY}-of-the-environment\n", "utf-8")
    for number in (1, 2):
        crash = log.with_name(f"crash-2026010{number}-120000-000000001-7.txt")
        crash.write_text(f"Where: {number}\n\nfailed with {_KEY}\n\nLast lines of the log:\nx")
    file = tmp_path / "support.txt"

    said = run("doctor", "--support", str(file))

    text = file.read_text("utf-8")
    assert _KEY not in text + said.out + said.err
    assert "dull-0123" not in text
    assert file.stat().st_mode & 0o777 == 0o600
    for words in (
        "CCR Desktop",
        "== Checks ==",
        '"name": "mine"',
        "a line with ***",
        "Where: 2\n\nfailed with ***\n",
    ):
        assert words in text
    assert str(user.folder) not in text
