"""Who holds a port."""

import os
from pathlib import Path

import pytest

from ccr_desktop import runfile
from ccr_desktop.core.server import neighbours
from ccr_desktop.core.server.neighbours import PortConflict, find_conflict
from ccr_desktop.core.server.port import bind


@pytest.mark.parametrize(
    ("pid", "is_ours"), [(os.getpid(), True), (1, False)], ids=["its own", "another"]
)
async def test_a_router_that_is_too_busy_to_answer_is_known_by_its_run_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pid: int, is_ours: bool
) -> None:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path))
    monkeypatch.setattr(neighbours, "ANSWER_S", 0.05)
    with bind("127.0.0.1", 0) as listener:
        listener.listen()
        port = listener.getsockname()[1]
        runfile.write(port, runfile.RunInfo(pid, f"http://127.0.0.1:{port}", "t"))

        found = await find_conflict("127.0.0.1", port)

    assert found is not None
    assert found == PortConflict(port, found.holder, is_ours, is_ours)
