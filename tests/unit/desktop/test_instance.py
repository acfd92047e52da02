"""One app a user, whatever comes to its socket."""

import json
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.instance import Handover, Instance, claim_or_ask
from ccr_desktop.errors import ServiceError
from ccr_desktop.running_app import MAX_BYTES, Reply, ask_running, server_name

START = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ccr_desktop.desktop.instance import Instance, claim_or_ask
from ccr_desktop.running_app import Reply
folder = Path(sys.argv[1])
got = claim_or_ask(sys.argv[2:], Path.cwd(), folder)
if isinstance(got, Reply):
    print(f"told {got.message}")
    sys.exit(got.code)
app = QCoreApplication([])
got.received.connect(lambda start: start.answer(Reply(7, f"{start.argv} {start.cwd}")))
got.serve()
print("serving", flush=True)
app.exec()
"""


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", START, str(folder), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
    )


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    with process:
        process.communicate()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "run"


@pytest.fixture
def instance(qapp: object, folder: Path) -> Iterator[Instance]:
    own = Instance(folder)
    assert own.claim()
    own.serve()
    yield own
    own.release()


# -- several starts --------------------------------------------------------------------------


def test_a_later_start_hands_its_arguments_over(folder: Path) -> None:
    first = start(folder)
    assert first_line(first) == "serving"
    try:
        later = start(folder, "--show", "ä b")
        out, _ = later.communicate(timeout=90)

        assert out == "told ('--show', 'ä b') /\n"
        assert later.returncode == 7
    finally:
        kill(first)


def test_a_start_after_a_killed_one_serves(folder: Path) -> None:
    first = start(folder)
    assert first_line(first) == "serving"
    kill(first)

    second = start(folder)
    try:
        assert first_line(second) == "serving"
        assert claim_or_ask(["x"], Path("/tmp"), folder) == Reply(7, "('x',) /tmp")
    finally:
        kill(second)


def test_of_five_at_once_exactly_one_serves(folder: Path) -> None:
    processes = [start(folder, str(number)) for number in range(5)]
    try:
        said = [first_line(process) for process in processes]
    finally:
        for process in processes:
            kill(process)

    assert sorted(words.split()[0] for words in said) == ["serving", *["told"] * 4]


def test_without_a_running_app_nobody_answers(folder: Path) -> None:
    assert ask_running(["--show"], Path("/"), folder) is None


def test_what_is_released_can_be_claimed(qapp: object, folder: Path) -> None:
    one, other = Instance(folder), Instance(folder)
    assert one.claim()
    assert not other.claim()

    one.release()

    assert other.claim()
    other.release()


# -- what comes to the socket ----------------------------------------------------------------


def connected(folder: Path) -> socket.socket:
    client = socket.socket(socket.AF_UNIX)
    client.connect(server_name(folder))
    return client


def answer_of(qtbot: QtBot, client: socket.socket) -> bytes:
    """All that comes until it is hung up on."""
    client.setblocking(False)
    data = b""

    def has_ended() -> bool:
        nonlocal data
        try:
            got = client.recv(4096)
        except BlockingIOError:
            return False
        except ConnectionResetError:
            return True
        data += got
        return not got

    qtbot.waitUntil(has_ended, timeout=90_000)
    client.close()
    return data


@pytest.mark.skipif(sys.platform == "win32", reason="pipes have no mode")
def test_nobody_else_gets_at_the_socket(instance: Instance, folder: Path) -> None:
    assert stat.S_IMODE(Path(server_name(folder)).stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_request_in_pieces_is_one(instance: Instance, folder: Path, qtbot: QtBot) -> None:
    started: list[Handover] = []
    instance.received.connect(started.append)
    line = json.dumps({"argv": ["--show"], "cwd": "/home"}).encode() + b"\nrest"

    client = connected(folder)
    for at in range(0, len(line), 7):
        client.sendall(line[at : at + 7])
    qtbot.waitUntil(lambda: bool(started), timeout=60_000)
    started[0].answer(Reply(3, "later\nline"))
    started[0].answer(Reply(4, "twice"))

    assert (started[0].argv, started[0].cwd) == (("--show",), Path("/home"))
    told = answer_of(qtbot, client)
    assert json.loads(told) == {"code": 3, "message": "later\nline"}
    assert told.count(b"\n") == 1


def test_who_hung_up_is_not_answered(instance: Instance, folder: Path, qtbot: QtBot) -> None:
    started: list[Handover] = []
    instance.received.connect(started.append)

    client = connected(folder)
    client.sendall(b'{"argv": [], "cwd": "/"}\n')
    qtbot.waitUntil(lambda: bool(started), timeout=60_000)
    client.close()
    other = connected(folder)
    other.sendall(b'{"argv": [], "cwd": "/"}\n')
    qtbot.waitUntil(lambda: len(started) == 2, timeout=60_000)

    for handover in started:
        handover.answer(Reply())
    assert answer_of(qtbot, other)


@pytest.mark.parametrize(
    "sent",
    [
        b"\n",
        b"not JSON\n",
        b"[]\n",
        b'{"argv": "x", "cwd": "/"}\n',
        b'{"argv": [1], "cwd": "/"}\n',
        b'{"argv": []}\n',
        b'{"argv": [], "cwd": "/", "activation": 1}\n',
        b"\xff\xfe\n",
        b"[" * 60_000 + b"\n",
        b"x" * (MAX_BYTES + 1),
        b'{"argv": ["' + b"x" * MAX_BYTES + b'"], "cwd": "/"}\n',
    ],
    ids=[
        "empty",
        "text",
        "list",
        "words",
        "numbers",
        "part",
        "token",
        "bytes",
        "deep",
        "endless",
        "long",
    ],
)
def test_what_is_no_request_is_hung_up_on(
    instance: Instance, folder: Path, qtbot: QtBot, sent: bytes
) -> None:
    started: list[Handover] = []
    instance.received.connect(started.append)

    client = connected(folder)
    client.sendall(sent)

    assert answer_of(qtbot, client) == b""
    assert not started


# -- where it lies ---------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are no files")
def test_a_path_that_is_too_long_for_a_socket_is_replaced(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 120)

    name = server_name(long)

    assert len(name) < 100
    assert name == server_name(long)
    assert name != server_name(tmp_path / ("y" * 120))


def test_a_folder_that_cannot_be_made_is_told(qapp: object, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(ServiceError, match="CCR_DESKTOP_HOME"):
        Instance(tmp_path / "file" / "run").claim()
