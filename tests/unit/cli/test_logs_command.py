"""`ccr logs`: the end of the log, and what comes after it from file to file."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ccr_desktop import paths
from ccr_desktop.cli import logs
from ccr_desktop.core.observe.logging import LOG_FILE
from tests.unit.cli.conftest import Home, Run


@pytest.fixture
def folder(user: Home) -> Path:
    place = paths.log_dir()
    place.mkdir(parents=True)
    return place


@pytest.fixture
def happening(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """What happens to the files while the command waits; then Ctrl-C."""

    def set_(*steps: Callable[[], object]) -> None:
        waiting: Iterator[Callable[[], object]] = iter(steps)

        def sleep(_: float) -> None:
            step = next(waiting, None)
            if step is None:
                raise KeyboardInterrupt
            step()

        monkeypatch.setattr(logs.time, "sleep", sleep)

    return set_


def append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def test_the_last_lines_are_printed(folder: Path, run: Run) -> None:
    (folder / LOG_FILE).write_text("one\ntwo\nthree\n")

    assert run("logs", "--lines", "2").out == "two\nthree\n"
    assert run("logs", "--lines", "0").out == ""


def test_the_newest_server_log_is_meant(folder: Path, run: Run) -> None:
    (folder / "ccr-20260101000000.log").write_text("old\n")
    (folder / "ccr-20260102000000.log").write_text("new\n")

    assert run("logs", "--server").out == "new\n"


def test_without_a_log_it_says_where_it_will_be(run: Run) -> None:
    done = run("logs")

    assert done.code == 1
    assert str(paths.log_dir()) in done.err


def test_lines_are_followed_once_they_are_whole(
    folder: Path, run: Run, happening: Callable[..., None]
) -> None:
    log = folder / LOG_FILE
    log.write_text("old\n")
    happening(
        lambda: append(log, "first\nsec"),
        lambda: append(log, "ond ü\n"),
    )

    done = run("logs", "-f", "--lines", "0")

    assert (done.code, done.out) == (130, "first\nsecond ü\n")


def test_a_file_that_is_put_away_is_read_to_its_end(
    folder: Path, run: Run, happening: Callable[..., None]
) -> None:
    log = folder / LOG_FILE
    log.write_text("old old old old old\n")

    def rotate() -> None:
        append(log, "last of the old\n")
        log.rename(folder / f"{LOG_FILE}.1")
        log.write_text("new\n")

    happening(rotate, lambda: append(log, "newer\n"))

    assert run("logs", "-f", "--lines", "0").out == "last of the old\nnew\nnewer\n"


def test_a_new_start_is_followed_and_the_first_waited_for(
    folder: Path, run: Run, happening: Callable[..., None]
) -> None:
    first, second = folder / "ccr-20260101000000.log", folder / "ccr-20260101000000_1.log"
    happening(
        lambda: None,
        lambda: append(first, "one\n"),
        lambda: append(second, "two\n"),
    )

    assert run("logs", "-f", "--server").out == "one\ntwo\n"
