"""`ccr update` against a server of releases with real signatures."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ccr_desktop import __version__
from ccr_desktop.cli import update
from ccr_desktop.core.updates import handing, signing
from ccr_desktop.core.updates.installation import Installation, Method
from ccr_desktop.running_app import Reply
from tests.support.release_site import ReleaseSite
from tests.unit.cli.conftest import Home, Run

RUN = "ccr-desktop-9.0.0.run"
INSTALLER = b'#!/bin/sh\necho installed > "$INSTALLER_TOLD"\n'


@pytest.fixture
def site(user: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReleaseSite]:
    with ReleaseSite() as made:
        made.publish("9.0.0", {RUN: INSTALLER, "ccr-desktop_9.0.0_all.deb": b"!<arch>"})
        user.write({"Desktop": {"updateSource": made.source}})
        monkeypatch.setattr(signing, "pinned_keys", lambda: made.key.pinned)
        yield made


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    by(Method.ARCHIVE, monkeypatch)


def by(method: Method, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update, "find_installation", lambda: Installation(method))


@pytest.mark.usefixtures("installed")
def test_what_is_new_is_told(run: Run, site: ReleaseSite) -> None:
    done = run("update", "--check")

    assert done.code == 0
    assert f"Version 9.0.0 is there; this is {__version__}." in done.out
    assert "## What is new" in done.out
    assert "`ccr update` installs it." in done.out
    assert not site.asked(RUN)


def test_the_newest_is_said_to_be_so(run: Run, site: ReleaseSite) -> None:
    site.publish(__version__, {})

    assert run("update").out == f"Version {__version__} is the newest.\n"


@pytest.mark.usefixtures("installed")
def test_programs_get_json(run: Run, site: ReleaseSite) -> None:
    done = run("update", "--check", "--json")

    assert done.json == {
        "version": __version__,
        "latest": "9.0.0",
        "newer": True,
        "notes": site.latest["body"].strip(),
        "page": "https://example.com/releases/v9.0.0",
        "method": "archive",
        "command": None,
        "file": None,
        "started": False,
        "installed": False,
    }


def test_a_manager_is_named_by_its_command(
    run: Run, site: ReleaseSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    by(Method.UV, monkeypatch)

    assert run("update").out.endswith("Install it with: uv tool upgrade ccr-desktop\n")
    assert run("update", "--download", ".").code == 2
    assert not site.asked("SHA256SUMS")


def test_a_package_is_fetched_and_its_command_told(
    run: Run, site: ReleaseSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    by(Method.DEB, monkeypatch)

    done = run("update", "--download", str(tmp_path / "new"))

    package = tmp_path / "new" / "ccr-desktop_9.0.0_all.deb"
    assert (done.code, package.read_bytes()) == (0, b"!<arch>")
    assert f"Verified: {package}" in done.out
    assert f"sudo apt install {package}" in done.out


@pytest.mark.usefixtures("installed")
def test_the_installer_is_started_when_somebody_says_so(
    run: Run, site: ReleaseSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = tmp_path / "told"
    monkeypatch.setenv("INSTALLER_TOLD", str(told))
    monkeypatch.setattr(handing, "own_app", lambda: ["/nowhere/ccr-desktop"])
    assert run("update").code == 2
    assert run("update", typed="n\n").code == 1
    assert not site.asked(RUN)

    done = run("update", typed="y\n")

    assert done.code == 0
    assert "The installer of version 9.0.0 was started." in done.out
    started = update._started.pop()
    assert isinstance(started, subprocess.Popen)
    assert started.wait(60) == 0
    assert told.read_text() == "installed\n"


@pytest.mark.usefixtures("installed")
def test_what_was_tampered_with_is_an_error(
    run: Run, site: ReleaseSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("INSTALLER_TOLD", str(tmp_path / "told"))
    site.served[site.path(RUN)] = INSTALLER.replace(b"echo", b"evil")

    done = run("update", "--yes")

    assert done.code == 1
    assert "did not pass the safety check" in done.err
    assert not (tmp_path / "told").exists()


@pytest.mark.usefixtures("installed")
def test_an_app_that_runs_is_not_replaced_from_outside(
    run: Run, site: ReleaseSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update, "ask_running", lambda *_: Reply())

    done = run("update", "--yes")

    assert done.code == 1
    assert "`ccr ui --quit`" in done.err
    assert not site.asked(RUN)


@pytest.mark.usefixtures("installed")
def test_without_a_pinned_key_nothing_is_fetched(
    run: Run, site: ReleaseSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "pinned_keys", dict)

    assert "knows no key" in run("update", "--check").out
    done = run("update", "--yes")

    assert (done.code, "knows no key" in done.err) == (1, True)
    assert not site.asked("SHA256SUMS")


def test_offline_is_an_error_here(run: Run, user: Home) -> None:
    user.write({"Desktop": {"updateSource": "http://127.0.0.1:1/latest"}})

    done = run("update", "--check")

    assert done.code == 1
    assert "127.0.0.1:1 gave no update" in done.err


@pytest.mark.usefixtures("installed")
def test_notes_do_not_steer_the_terminal(run: Run, site: ReleaseSite) -> None:
    site.latest["body"] = "one\x1b]0;evil\x07\x1b[2Jtwo"

    assert "\x1b" not in run("update", "--check").out


def test_a_failure_is_json_for_programs_too(run: Run, user: Home) -> None:
    user.write({"Desktop": {"updateSource": "http://127.0.0.1:1/latest"}})

    done = run("update", "--check", "--json")

    assert done.code == 1
    assert done.json["error"]["title"] == "127.0.0.1:1 gave no update"
    assert "connection refused" in done.json["error"]["message"]


@pytest.mark.usefixtures("installed")
def test_a_folder_that_can_not_be_made_is_a_failure_in_json(
    run: Run, site: ReleaseSite, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    folder = tmp_path / "file" / "new"

    done = run("update", "--json", "--download", str(folder))

    assert done.code == 1
    assert done.json["error"]["title"] == f"{folder} can't be written"


@pytest.mark.usefixtures("installed")
def test_a_folder_without_a_name_does_not_mean_to_install(run: Run, site: ReleaseSite) -> None:
    done = run("update", "--yes", "--download", "")

    assert (done.code, "needs a folder" in done.err) == (2, True)
    assert site.requests == []


def test_a_bad_source_is_told_and_nobody_is_asked(run: Run, user: Home) -> None:
    user.write({"Desktop": {"updateSource": "http://updates.example.com/latest"}})

    done = run("update", "--check", typed="")

    assert (done.code, "Correct Desktop.updateSource" in done.err) == (1, True)
    assert "Asking" not in done.err


@pytest.mark.usefixtures("installed")
def test_on_a_terminal_it_says_whom_it_asks(run: Run, site: ReleaseSite) -> None:
    assert "Asking" not in run("update", "--check").err
    assert "Asking 127.0.0.1 …" in run("update", "--check", typed="").err


def test_an_appimage_says_that_it_was_replaced(
    run: Run, site: ReleaseSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    image = tmp_path / "CCR Desktop.AppImage"
    image.write_bytes(b"old")
    site.publish("9.0.0", {"ccr-desktop-9.0.0.AppImage": b"new"})
    monkeypatch.setattr(update, "find_installation", lambda: Installation(Method.APPIMAGE, image))

    done = run("update", "--yes")

    assert (done.code, image.read_bytes()) == (0, b"new")
    assert f"Version 9.0.0 took the place of this one: {image}" in done.out
    assert "installer" not in done.out
    told = run("update", "--yes", "--json").json
    assert (told["started"], told["installed"]) == (False, True)
