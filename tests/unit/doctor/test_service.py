"""The router, its port, and what earlier ones left."""

import asyncio
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from ccr_desktop import paths, runfile
from ccr_desktop.core.config.schema import Config
from ccr_desktop.core.server.neighbours import PortConflict
from ccr_desktop.core.service import Service
from ccr_desktop.doctor import service
from ccr_desktop.doctor.check import Around, Side, Verdict
from ccr_desktop.doctor.examine import examine
from ccr_desktop.runfile import RunInfo
from tests.unit.doctor.conftest import Look, around_of

_NO_PROCESS = 2**22 + 1  # beyond the largest that Linux gives


@pytest.fixture
def other_program() -> Iterator[int]:
    """The port of a program that is no router and says nothing."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_router_that_is_off_is_a_warning_with_the_way_to_start_it(look: Look) -> None:
    finding = look("service", {"PORT": 1})

    assert (finding.verdict, finding.side) == (Verdict.WARNING, Side.ROUTER)
    assert "ccr start" in str(finding.remedy)
    assert finding.repair is None, "nobody here can start it"


def test_a_program_on_the_port_is_named_and_another_port_is_a_repair(
    look: Look, other_program: int
) -> None:
    finding = look("port", {"PORT": other_program, "unknown": "stays"})

    assert finding.verdict is Verdict.PROBLEM
    assert f"process {os.getpid()}" in str(finding.text)
    assert finding.repair

    asyncio.run(finding.repair.apply())

    saved = json.loads((paths.config_dir() / "config.json").read_text("utf-8"))
    assert saved["PORT"] > other_program
    assert saved["unknown"] == "stays"
    assert look("port").verdict is Verdict.OK


@pytest.mark.parametrize("is_older", [False, True], ids=["ours", "older"])
def test_a_router_of_this_version_is_fine_and_an_older_one_is_told(
    home: Path, monkeypatch: pytest.MonkeyPatch, *, is_older: bool
) -> None:
    async def found() -> list[Verdict]:
        running = Service(Config(port=0))
        await running.start()
        try:
            if is_older:
                monkeypatch.setattr(service, "__version__", "999.0")
            around = around_of(home, {"PORT": int(running.url.rpartition(":")[2])})
            return [r.finding.verdict for r in await examine(service.CHECKS, around)]
        finally:
            await running.stop()

    expected = Verdict.WARNING if is_older else Verdict.OK
    assert asyncio.run(found()) == [expected, expected, Verdict.OK]


def test_an_older_copy_makes_room_for_the_router_where_that_can_be_started(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def take_over() -> str:
        return "http://127.0.0.1:5"

    async def conflict(_host: str, port: int) -> PortConflict:
        return PortConflict(port, "ccr", is_ours=True, can_take_over=True, version="0.0.9")

    async def mended(around: Around) -> tuple[str, str]:
        monkeypatch.setattr(service, "find_conflict", conflict)
        checks = [check for check in service.CHECKS if check.key == "port"]
        (result,) = await examine(checks, around)
        repair = result.finding.repair
        assert repair
        return str(repair.label), str(await repair.apply())

    around = around_of(home, {"PORT": 5}, take_over=take_over)
    said = asyncio.run(mended(around))

    assert said == ("Stop it and start again", "The router runs on http://127.0.0.1:5.")


def test_the_file_of_a_router_that_is_gone_is_told_and_removed(look: Look) -> None:
    runfile.write(3999, RunInfo(_NO_PROCESS, "http://127.0.0.1:9", "token-0123456789"))

    finding = look("leftovers")

    assert finding.verdict is Verdict.WARNING
    assert "3999" in str(finding.text)
    assert "token" not in str(finding)
    assert finding.repair
    asyncio.run(finding.repair.apply())
    assert runfile.ports() == []
    assert look("leftovers").verdict is Verdict.OK


def test_the_file_of_a_router_that_started_meanwhile_stays(look: Look) -> None:
    runfile.write(3999, RunInfo(_NO_PROCESS, "http://127.0.0.1:9", "token-0123456789"))
    repair = look("leftovers").repair
    assert repair
    runfile.write(3999, RunInfo(os.getpid(), "http://127.0.0.1:3999", "another-0123456789"))

    asyncio.run(repair.apply())

    assert runfile.ports() == [3999]
