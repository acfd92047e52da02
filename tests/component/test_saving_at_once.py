"""Several programs save one configuration at the same time."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from ccr_desktop.core.config.saving import SavingTurn
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.errors import CcrError
from tests.unit.core.config.stores import BASE, opened, write

Begin = Callable[..., subprocess.Popen[str]]
_PROCESSES, _CHANGES = 4, 25
_ADD_PROVIDERS = """
import contextlib, io, sys
from ccr_desktop.cli import main
print("ready", flush=True)
sys.stdin.readline()
codes = set()
for number in range(int(sys.argv[2])):
    name = f"p{sys.argv[1]}x{number}"
    with contextlib.redirect_stdout(io.StringIO()):
        codes.add(main.ccr([
            "providers", "add", name, "--url", "http://127.0.0.1:9/v1", "--model", "m",
            "--no-key", "--no-test",
        ]))
sys.exit(max(codes))
"""
_HOLD = """
import sys
from pathlib import Path
from ccr_desktop.core.config.saving import SavingTurn
with SavingTurn().of(Path(sys.argv[1])):
    print("ready", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "own"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path / "own" / "config" / "config.json"


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Starts programs, and sees that none is left."""
    programs: list[subprocess.Popen[str]] = []

    def begun(code: str, *arguments: str) -> subprocess.Popen[str]:
        program = subprocess.Popen(  # our own code
            [sys.executable, "-c", code, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        programs.append(program)
        assert _pipe(program.stdout).readline() == "ready\n"
        return program

    yield begun
    for program in programs:
        program.kill()
        with program:
            program.wait()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def test_no_change_of_several_programs_is_lost(home: Path, begin: Begin) -> None:
    write(home, BASE)
    programs = [begin(_ADD_PROVIDERS, str(n), str(_CHANGES)) for n in range(_PROCESSES)]
    for program in programs:
        _pipe(program.stdin).write("\n")
        _pipe(program.stdin).flush()
    said = [(program.communicate()[1], program.returncode) for program in programs]

    assert [code for _, code in said] == [0] * _PROCESSES, said
    names = {entry["name"] for entry in json.loads(home.read_bytes())["Providers"]}
    wanted = {f"p{n}x{change}" for n in range(_PROCESSES) for change in range(_CHANGES)}
    assert wanted - names == set()


def test_who_saves_for_too_long_is_not_waited_for(
    home: Path, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened()
    store.save(BASE)
    holder = begin(_HOLD, str(home))
    monkeypatch.setattr(store, "_saving", SavingTurn(limit_s=0.0))

    with pytest.raises(CcrError, match=r"Another program is saving .*config\.json"):
        store.save({**BASE, "PORT": 4000})

    assert json.loads(home.read_bytes()) == BASE
    holder.communicate("\n")
    store.save({**BASE, "PORT": 4000})
    assert json.loads(home.read_bytes())["PORT"] == 4000


def test_who_ended_while_saving_is_in_nobodys_way(home: Path, begin: Begin) -> None:
    holder = begin(_HOLD, str(home))
    holder.send_signal(signal.SIGTERM)  # which ends it at once, on Windows, too
    holder.communicate()

    opened().save(BASE)

    assert json.loads(home.read_bytes()) == BASE


def test_a_change_between_reading_and_saving_is_kept(home: Path) -> None:
    """The file is read again by another thread in between, and so is no longer the one edited."""
    store, other = opened(), opened()
    store.save(BASE)
    other.reload()
    with store.noting(store._origin, base=store.revision):
        edited = {**store.written.raw, "PORT": 4000}
        other.save({**BASE, "LOG_LEVEL": "warn"})
        store.check()
        with pytest.raises(CcrError, match="was changed since it was read"):
            store.save(edited)


def test_a_program_may_save_within_its_own_turn(home: Path) -> None:
    store = ConfigStore(home, explicit=True, tolerant=True)

    with store.alone(), store.alone():
        store.save(BASE)

    assert json.loads(home.read_bytes()) == BASE


def test_where_no_lock_can_be_the_file_is_saved_all_the_same(home: Path, tmp_path: Path) -> None:
    own = tmp_path / "elsewhere" / "config.json"
    (tmp_path / "own").mkdir(exist_ok=True)
    (tmp_path / "own" / "data").write_text("no folder")

    opened(own, explicit=True, tolerant=True).save(BASE)

    assert json.loads(own.read_bytes()) == BASE
