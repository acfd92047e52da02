"""The log file: a line a request, soon after it, and without secrets."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from ccr_desktop.core.observe.events import ExchangeEnded
from ccr_desktop.core.observe.logging import LOG_FILE, start_logging
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
