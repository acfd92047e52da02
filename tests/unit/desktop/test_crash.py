"""Reports of failures that nobody caught."""

import asyncio
import errno
import faulthandler
import io
import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.observe.logging import LOG_FILE
from ccr_desktop.desktop.app import secrets_of
from ccr_desktop.desktop.crash import CrashReport, CrashReports


class Trouble(Exception):
    """Of the tests."""


def fail(words: str) -> None:
    raise Trouble(words)


def raised(words: str) -> Exception:
    """An exception that has a traceback."""
    with pytest.raises(Trouble) as caught:
        fail(words)
    return caught.value


@pytest.fixture
def told() -> list[CrashReport]:
    return []


@pytest.fixture
def reports(tmp_path: Path, told: list[CrashReport]) -> Iterator[CrashReports]:
    was_on = faulthandler.is_enabled()
    with CrashReports(tmp_path, lambda: ["top-secret-words"], told.append) as own:
        yield own
    if was_on:
        faulthandler.enable(sys.__stderr__)  # pytest's own


def test_a_report_tells_what_where_and_on_what(reports: CrashReports, tmp_path: Path) -> None:
    (tmp_path / LOG_FILE).write_text("".join(f"line {number}\n" for number in range(80)))

    report = reports.write(raised("it broke"), "the tray")

    assert report
    text = report.text()
    assert report.title.endswith("Trouble: it broke")
    for part in ("CCR Desktop: ", "Where: the tray", "PySide6-Essentials: 6.", "test_crash.py"):
        assert part in text
    assert "line 30\n" in text
    assert "line 29\n" not in text
    assert text.endswith("line 79\n")


def test_no_secret_and_no_name_of_a_home_gets_in(
    reports: CrashReports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    (tmp_path / LOG_FILE).write_text("Authorization: Bearer abcdefghijklmnop\n")
    key = "sk-ant-api03-" + "x" * 40

    report = reports.write(raised(f"{key} top-secret-words /home/somebody/x"), "the app")

    assert report
    text = report.text()
    for secret in (key, "top-secret-words", "abcdefghijklmnop", "/home/somebody"):
        assert secret not in text
    assert "~/x" in text


def test_nothing_that_a_report_could_hold_of_keys_is_readable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = [f"planted-{place}-0123456789" for place in "abcde"]
    client, key, header, option, variable = planted
    provider = {
        "name": "one",
        "api_base_url": "https://one.test/v1",
        "api_key": key,
        "headers": {"X-Own": header},
        "transformer": {"use": [["own-plugin", {"api_key": option}]]},
        "models": ["m"],
    }
    short = {**provider, "name": "short", "api_key": "k", "transformer": {}}
    file = tmp_path / "config.json"
    file.write_text(json.dumps({"APIKEY": client, "Providers": [provider, short]}))
    store = ConfigStore(file)
    monkeypatch.setenv("SOME_API_KEY", variable)

    with CrashReports(tmp_path, lambda: secrets_of(store)) as own:
        report = own.write(raised(f"broken like {planted}"), "the app")

    assert report
    assert [text for text in planted if text in report.text()] == []
    assert report.title.endswith("Trouble: broken like ['***', '***', '***', '***', '***']")


@pytest.mark.skipif(sys.platform == "win32", reason="no modes there")
def test_only_the_user_can_read_it(reports: CrashReports) -> None:
    report = reports.write(raised("x"), "the app")

    assert report
    assert stat.S_IMODE(report.path.stat().st_mode) == 0o600


def test_the_same_failure_is_reported_once_and_many_not_for_ever(
    reports: CrashReports, tmp_path: Path
) -> None:
    assert reports.write(raised("same"), "the app")
    assert reports.write(raised("same"), "the app") is None

    written = [reports.write(raised(str(number)), "the app") for number in range(40)]

    assert len([report for report in written if report]) == 19
    assert len(reports.listed()) == 10
    assert [report.title[-2:] for report in reports.listed()[:2]] == ["18", "17"]


def test_a_report_is_not_longer_than_can_be_read(reports: CrashReports) -> None:
    report = reports.write(raised("long " * 40_000), "the app")

    assert report
    assert len(report.text()) < 70_000


def test_what_nobody_caught_is_told(reports: CrashReports, told: list[CrashReport]) -> None:
    error = raised("in a slot")

    sys.excepthook(type(error), error, error.__traceback__)

    assert [report.title.rpartition(": ")[2] for report in told] == ["in a slot"]


def test_threads_are_heard(reports: CrashReports, told: list[CrashReport]) -> None:
    def work() -> None:
        raise Trouble("in a thread")

    thread = threading.Thread(target=work, name="worker")
    thread.start()
    thread.join()

    assert "Where: thread worker" in told[0].text()


def test_the_loop_is_heard(reports: CrashReports, told: list[CrashReport]) -> None:
    async def scene() -> None:
        loop = asyncio.get_running_loop()
        reports.listen_to(loop)
        loop.call_soon(lambda: (_ for _ in ()).throw(Trouble("in a callback")))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        loop.call_exception_handler({"message": "only words"})

    asyncio.run(scene())

    assert [report.title.rpartition(": ")[2] for report in told] == ["in a callback"]


def test_an_interruption_is_no_failure(
    reports: CrashReports, capsys: pytest.CaptureFixture[str]
) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert reports.listed() == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_a_failure_of_the_report_is_the_end_of_it(tmp_path: Path) -> None:
    calls: list[str] = []

    def secrets() -> list[str]:
        calls.append("asked")
        error = raised("again")
        sys.excepthook(type(error), error, None)
        raise error

    with CrashReports(tmp_path, secrets) as reports:
        error = raised("first")
        sys.excepthook(type(error), error, None)
        assert reports.listed() == []

    assert calls == ["asked"]


def test_words_that_fail_are_done_without(reports: CrashReports) -> None:
    class Mute(Exception):
        def __str__(self) -> str:
            raise Trouble("no words")

    report = reports.write(Mute(), "the app")

    assert report
    assert "Mute" in report.title


def test_a_folder_that_cannot_be_written_is_no_second_failure(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with CrashReports(tmp_path / "file") as reports:
        assert reports.write(raised("x"), "the app") is None
        assert reports.listed() == []


def test_a_full_disk_takes_the_report_from_nobody(
    reports: CrashReports,
    told: list[CrashReport],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Full(io.StringIO):
        def write(self, _text: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    def opened(descriptor: int, *_: object, **__: object) -> Full:
        os.close(descriptor)
        return Full()

    monkeypatch.setattr(os, "fdopen", opened)
    error = raised("it broke")

    sys.excepthook(type(error), error, None)

    [report] = told
    assert report.title.endswith("Trouble: it broke")
    assert "Where: the app" in report.text()
    assert reports.listed() == []


def test_the_hooks_are_given_back(tmp_path: Path) -> None:
    before = sys.excepthook, threading.excepthook

    with CrashReports(tmp_path):
        assert sys.excepthook is not before[0]

    assert (sys.excepthook, threading.excepthook) == before


NATIVE = """
import ctypes, sys
from pathlib import Path
from ccr_desktop.desktop.crash import CrashReports
with CrashReports(Path(sys.argv[1])):
    ctypes.string_at(0)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a fault is an exception there")
@pytest.mark.parametrize("folder", [".", "not/there/yet"])
def test_a_native_crash_is_reported_at_the_next_start(tmp_path: Path, folder: str) -> None:
    """Also that of the first life on a computer, before anything was written there."""
    logs = tmp_path / folder
    died = subprocess.run([sys.executable, "-c", NATIVE, logs], check=False)
    assert died.returncode < 0

    with CrashReports(logs) as reports:
        [report] = reports.listed()

    assert "the app, natively" in report.text()
    assert "Segmentation fault" in report.text()
    assert [path.name for path in logs.iterdir()] == [report.path.name]
