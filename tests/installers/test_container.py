"""The container: judged as text, and its entry point run here as two replicas of one router."""

import http.client
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.installers.image import DATA, image
from tests.installers.judges import INSTALLERS, ROOT, linux_only, verdict
from tests.support.ports import free_port
from tests.support.programs import need
from tests.support.turns import text
from tests.support.upstream import Upstream

pytestmark = linux_only
KEY = "key-of-the-team"
SECRET = "sk-secret-of-the-team-0123456789"
NOWHERE = "/dev/null/home"
"""A home that nobody can write to, root included."""


def test_the_dockerfile_has_no_traps() -> None:
    assert verdict("hadolint", ROOT / "Dockerfile") == ""


def test_the_container_runs_as_nobody_in_particular() -> None:
    assert image().user.isdecimal()
    assert image().user != "0"


def test_the_compose_file_keeps_to_its_schema_and_locks_the_routers() -> None:
    file = ROOT / "compose.yaml"
    services = yaml.safe_load(file.read_text(encoding="utf-8"))["services"]
    routers = [about for name, about in services.items() if name.startswith("router")]

    assert verdict("check-jsonschema", "--builtin-schema", "vendor.compose-spec", file) == ""
    assert len(routers) == 2
    for about in services.values():
        assert (about["read_only"], about["cap_drop"]) == (True, ["ALL"])
        for volume in about["volumes"]:
            assert (ROOT / volume.split(":")[0]).exists()


@dataclass(frozen=True, slots=True)
class Replica:
    """A container that runs here as a process."""

    port: int
    process: subprocess.Popen[str]
    environment: dict[str, str]

    def ask(
        self, words: list[str], key: str = KEY, session: str = ""
    ) -> tuple[int, dict[str, str], Any]:
        messages = [
            {"role": ("user", "assistant")[place % 2], "content": said}
            for place, said in enumerate(words)
        ]
        body = {"model": "claude-sonnet-5", "max_tokens": 50, "messages": messages}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        # As nginx sends it on.
        headers = {"host": "127.0.0.1", "x-api-key": key, "content-type": "application/json"}
        if session:
            headers["x-claude-code-session-id"] = session
        try:
            connection.request("POST", "/v1/messages", json.dumps(body), headers)
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), json.loads(response.read())
        finally:
            connection.close()

    def get(self, path: str) -> int:
        """The status of an answer; 0 where nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def health(self) -> int:
        """The exit code of the image's own check."""
        command = [sys.executable, *image().health[1:]]
        assert image().health[0] == "python"
        return subprocess.run(
            command, env=self.environment, capture_output=True, check=False
        ).returncode


def variables(folder: Path, **more: str) -> dict[str, str]:
    """Those of the image, of compose, and *more*."""
    programs = Path(sys.prefix) / "bin"
    return {
        **{name: value.replace(DATA, str(folder)) for name, value in image().variables.items()},
        "PATH": f"{programs}:/usr/bin:/bin",
        "HOME": NOWHERE,
        "DEEPSEEK_API_KEY": SECRET,
        "CCR_TEAM_KEY": KEY,
        **more,
    }


def command(config: Path, *options: str) -> list[str]:
    closed = ["sh", "-c", 'exec "$0" "$@" <&-']
    return [*closed, *image().entrypoint, "--config", str(config), *options]


@contextmanager
def container(folder: Path, config: Path, *options: str, **more: str) -> Iterator[Replica]:
    """The image's entry point, variables and nothing else; only *folder* stands for a volume."""
    environment = variables(folder, **(more or {"SERVICE_PORT": str(free_port())}))
    process = subprocess.Popen(
        command(config, *options),
        cwd="/",
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    with process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("ready "), process.stderr and process.stderr.read()
            yield Replica(int(line.rpartition(":")[2]), process, environment)
        finally:
            process.kill()


@pytest.fixture
def config(tmp_path: Path, upstream: Upstream) -> Path:
    """The configuration of the compose file, in a folder that is only read."""
    text = (INSTALLERS / "compose" / "router" / "config.json").read_text(encoding="utf-8")
    path = tmp_path / "etc" / "config.json"
    path.parent.mkdir()
    path.write_text(text.replace("https://api.deepseek.com", upstream.chat_url), "utf-8")
    return path


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream(text("Hello team.")) as server:
        yield server


@pytest.fixture
def replicas(tmp_path: Path, config: Path) -> Iterator[list[Replica]]:
    with ExitStack() as stack:
        volumes = [tmp_path / "one", tmp_path / "two"]
        for folder in volumes:
            folder.mkdir()
        yield [stack.enter_context(container(folder, config)) for folder in volumes]


def test_any_replica_goes_on_with_a_conversation(
    replicas: list[Replica], upstream: Upstream, config: Path
) -> None:
    """Whoever answers sends the provider the same beginning, which its prompt cache needs."""
    said = ["Who are you?"]
    for turn in range(4):
        status, headers, body = replicas[turn % 2].ask(said)
        assert (status, headers["x-ccr-route"]) == (200, "deepseek,deepseek-v4-pro"), body
        said += [body["content"][0]["text"], f"And then? {turn}"]

    sent = [request.messages for request in upstream.requests]
    assert all(later[: len(sooner)] == sooner for sooner, later in pairwise(sent))
    assert {r.headers["authorization"] for r in upstream.requests} == {f"Bearer {SECRET}"}
    assert replicas[0].ask(said, key="of a stranger")[0] == 401
    assert list(config.parent.iterdir()) == [config]


def test_a_replica_that_ends_is_not_missed(replicas: list[Replica]) -> None:
    first, second = replicas
    assert [first.health(), second.health()] == [0, 0]

    first.process.terminate()
    code = first.process.wait(timeout=20)

    assert (code, second.ask(["Still there?"])[0]) == (0, 200)
    assert [bool(first.health()), bool(second.health())] == [True, False]


@pytest.mark.parametrize("by", ["--port", "PORT"])
def test_the_health_check_finds_the_router_at_its_own_port_and_without_a_proxy(
    tmp_path: Path, config: Path, by: str
) -> None:
    folder = tmp_path / "one"
    proxy = "http://127.0.0.1:1"
    options = ["--port", "0"] if by == "--port" else []
    if by == "PORT":
        told = config.read_text(encoding="utf-8")
        config.write_text(told.replace("{", f'{{"PORT": {free_port()},', 1), encoding="utf-8")

    with container(folder, config, *options, http_proxy=proxy, HTTP_PROXY=proxy) as replica:
        assert (replica.health(), replica.get("/health")) == (0, 200)
        replica.process.kill()
        replica.process.wait(timeout=20)
        assert replica.health() == 1


@pytest.mark.parametrize("key", ["", None])
def test_without_a_key_of_the_team_the_container_says_so_and_ends(
    tmp_path: Path, config: Path, key: str | None
) -> None:
    """It would listen for itself alone, and look well."""
    given = variables(tmp_path / "one", SERVICE_PORT=str(free_port()), CCR_TEAM_KEY=key or "")
    if key is None:
        del given["CCR_TEAM_KEY"]

    done = subprocess.run(
        command(config), env=given, capture_output=True, text=True, check=False, timeout=60
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert "CCR_TEAM_KEY is not set" in done.stderr
    assert "APIKEY: there is none" in done.stderr


def test_compose_asks_for_the_key_of_the_team_by_itself() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]

    for name in ("router-1", "router-2"):
        assert services[name]["environment"]["CCR_TEAM_KEY"].startswith("${CCR_TEAM_KEY:?")


def test_nginx_makes_one_router_of_both(replicas: list[Replica], tmp_path: Path) -> None:
    with before([replica.port for replica in replicas], tmp_path) as entry:
        turns = [entry.ask(["Hello"])[0] for _ in range(4)]
        management = entry.get("/api/status")
        replicas[0].process.kill()
        replicas[0].process.wait(timeout=20)
        later = [entry.ask(["Hello"])[0] for _ in range(4)]

    assert turns + later == [200] * 8
    assert management == 404


def test_a_replica_that_takes_no_connection_is_not_waited_for(tmp_path: Path, config: Path) -> None:
    """A machine that is gone refuses nothing: packets to it are lost."""
    with ExitStack() as stack:
        lost = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        address = lost.getsockname()
        for _ in range(3):  # one that nobody accepts fills the queue; what follows gets no answer
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(address)
        replica = stack.enter_context(container(tmp_path / "one", config))
        entry = stack.enter_context(before([address[1], replica.port], tmp_path))

        turns = [entry.ask(["Hello"], session=f"session {number}")[0] for number in range(6)]

    assert turns == [200] * 6


@contextmanager
def before(ports: list[int], folder: Path) -> Iterator[Replica]:
    """nginx with the configuration of the compose file, and addresses for its names."""
    told = (INSTALLERS / "compose" / "nginx.conf").read_text(encoding="utf-8")
    port = free_port()
    for number, served in enumerate(ports, 1):
        told = told.replace(f"router-{number}:3456", f"127.0.0.1:{served}")
    told = told.replace("connect_timeout 3s", "connect_timeout 300ms")
    told = told.replace("listen 8080", f"listen 127.0.0.1:{port}")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    file = folder / "nginx.conf"
    file.write_text(
        f"daemon off; master_process off; error_log stderr; pid {folder}/pid;\n"
        f"events {{}}\nhttp {{ access_log off; {places}\n{told}\n}}",
        encoding="utf-8",
    )
    command = [need("nginx"), "-c", file]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8"
    )
    with process:
        try:
            entry = Replica(port, process, {})
            while entry.get("/health") != 200:
                assert process.poll() is None, process.stderr and process.stderr.read()
            yield entry
        finally:
            process.terminate()
