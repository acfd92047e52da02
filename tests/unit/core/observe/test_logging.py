"""The two logs: a line a request, soon after it, without secrets, and of a limited size."""

import json
import logging
import stat
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from ccr_desktop.core.observe import logging as logs
from ccr_desktop.core.observe.events import AttemptFailed, ExchangeEnded, RouteChosen
from ccr_desktop.core.observe.logging import LOG_FILE, SERVER_LOGS, start_logging
from tests.unit.core.observe.records import ended

log = logging.getLogger("ccr_desktop.test")


@pytest.fixture(autouse=True)
def level_restored() -> Iterator[None]:
    logger = logging.getLogger("ccr_desktop")
    level = logger.level
    yield
    logger.setLevel(level)


def lines(folder: Path, *events: ExchangeEnded, level: str = "info") -> list[str]:
    """What the log holds after these events."""
    writer, stop = start_logging(folder, level)
    for event in events:
        writer.note(event)
    stop()
    return (folder / LOG_FILE).read_text(encoding="utf-8").splitlines()


def test_a_request_is_one_line_with_all_that_matters(tmp_path: Path) -> None:
    [line] = lines(tmp_path, ended())

    for part in ("INFO", "req_1", "claude-sonnet-5 -> p,m", "default", "200", "in=7", "out=3"):
        assert part in line
    assert "first=0.250s total=1.500s" in line


def test_a_failed_request_is_a_warning_with_its_reason(tmp_path: Path) -> None:
    [line] = lines(tmp_path, ended(status=502, error="it broke"))

    assert "WARNING" in line
    assert "error=it broke" in line


def test_line_ends_in_names_make_no_further_lines(tmp_path: Path) -> None:
    assert len(lines(tmp_path, ended(model="a\nb\r\nc", error="d\ne"))) == 1


def test_secrets_do_not_reach_the_file(tmp_path: Path) -> None:
    [line] = lines(tmp_path, ended(error="bad key sk-abcdefghijkl and Bearer mnopqrstuvwx"))

    assert "abcdefghijkl" not in line
    assert "mnopqrstuvwx" not in line


def test_text_that_is_not_unicode_does_not_stop_the_log(tmp_path: Path) -> None:
    assert len(lines(tmp_path, ended(model="odd \udcff"), ended())) == 2


def test_requests_that_went_well_are_left_out_of_a_log_of_warnings(tmp_path: Path) -> None:
    [line] = lines(tmp_path, ended(), ended(status=500), level="warn")

    assert "500" in line


def test_messages_of_the_program_are_in_the_same_file(tmp_path: Path) -> None:
    _, stop = start_logging(tmp_path, "info")
    log.info("hello %s", "there")
    log.debug("unheard")
    stop()
    log.warning("after the end")

    [line] = (tmp_path / LOG_FILE).read_text(encoding="utf-8").splitlines()
    assert "INFO ccr_desktop.test hello there" in line


def test_nothing_that_waits_is_lost_at_the_end(tmp_path: Path) -> None:
    events = [ended(request_id=f"req_{number}") for number in range(500)]

    written = lines(tmp_path, *events)

    assert [line.split()[4] for line in written] == [event.request_id for event in events]


def test_a_folder_that_cannot_be_made_is_an_error_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(OSError, match="file"):
        start_logging(tmp_path / "file" / "logs", "info")


# -- the server log ----------------------------------------------------------------------------


class Decision:
    def as_json(self) -> dict[str, Any]:
        return {"route": "p,m", "scenario": "default", "trace": []}


def objects(folder: Path) -> list[dict[str, Any]]:
    """All of the newest server log."""
    newest = max(folder.glob(SERVER_LOGS))
    return [json.loads(line) for line in newest.read_text(encoding="utf-8").splitlines()]


def test_the_server_log_has_an_object_for_each_event_and_message(tmp_path: Path) -> None:
    writer, stop = start_logging(tmp_path, "info")
    writer.note(ended())
    try:
        int("odd")
    except ValueError:
        log.exception("it %s", "failed")
    stop()

    event, message = objects(tmp_path)
    assert (event["level"], event["type"], event["reqId"]) == ("info", "finished", "req_1")
    assert event["data"]["route"] == "p,m"
    assert {"time", "pid", "hostname", "msg"} <= set(event)
    assert (message["level"], message["type"]) == ("error", "ccr_desktop.test")
    assert "ValueError: invalid literal" in message["err"]


@pytest.mark.parametrize(
    ("level", "kept"),
    [
        ("fatal", ["fatal"]),
        ("error", ["fatal", "error"]),
        ("warn", ["fatal", "error", "warn"]),
        ("info", ["fatal", "error", "warn", "info"]),
        ("debug", ["fatal", "error", "warn", "info", "debug"]),
        ("trace", ["fatal", "error", "warn", "info", "debug", "trace"]),
    ],
)
def test_each_level_keeps_what_matters_as_much(tmp_path: Path, level: str, kept: list[str]) -> None:
    _, stop = start_logging(tmp_path, level)
    for name in ("fatal", "error", "warn", "info", "debug", "trace"):
        log.log(logs.LEVELS[name], "a message")
    stop()

    assert [entry["level"] for entry in objects(tmp_path)] == kept


def test_decisions_are_for_those_who_look_closer(tmp_path: Path) -> None:
    chosen = RouteChosen(request_id="r", session_id="s", model="m", decision=Decision())
    failed = AttemptFailed(request_id="r", route="p,m", status=502, reason="gone")
    for level, expected in (
        ("info", ["attempt_failed"]),
        ("debug", ["route_chosen", "attempt_failed"]),
    ):
        folder = tmp_path / level
        writer, stop = start_logging(folder, level)
        writer.note(chosen)
        writer.note(failed)
        stop()

        assert [entry["type"] for entry in objects(folder)] == expected


def test_a_secret_is_hidden_however_it_is_spelled(tmp_path: Path) -> None:
    secrets = ['quo"ted\\secret', "plain-secret", "plain-secret-longer", "tiny"]
    writer, stop = start_logging(tmp_path, "trace", secrets)
    log.info("%s", " ".join(secrets))
    log.info("%s %r %s", quote(secrets[0]), secrets[0], b64encode(b"me:plain-secret").decode())
    writer.note(ended(error=" ".join(secrets)))
    writer.hide([*secrets, "a-later-secret"])
    stop()

    text = "".join(path.read_text(encoding="utf-8") for path in tmp_path.iterdir())
    assert "secret" not in text
    assert "longer" not in text
    assert "quo" not in text
    assert b64encode(b"me:plain-secret")[6:14].decode() not in text
    assert "tiny" in text  # too short to tell from a word


def test_every_start_has_a_file_of_its_own_and_the_oldest_go(tmp_path: Path) -> None:
    for number in range(12):
        _, stop = start_logging(tmp_path, "info")
        log.info("start %s", number)
        stop()

    names = sorted(path.name for path in tmp_path.glob(SERVER_LOGS))
    assert len(names) == 9
    assert len((tmp_path / LOG_FILE).read_text(encoding="utf-8").splitlines()) == 12


def test_no_file_grows_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_MAX_BYTES", 2000)
    monkeypatch.setattr(logs, "_BATCH_S", 0)
    for _ in range(40):
        lines(tmp_path, *(ended() for _ in range(5)))

    files = list(tmp_path.iterdir())
    assert len([path for path in files if path.name.startswith(LOG_FILE)]) == 4
    assert max(path.stat().st_size for path in files) < 4000


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_logs_are_for_the_user_alone(tmp_path: Path) -> None:
    lines(tmp_path / "logs", ended())

    for path in (tmp_path / "logs").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "logs").stat().st_mode) == 0o700
