"""Servers on this computer: found where they answer, started where that is possible."""

import json
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.setup.templates import Template, need_template
from ccr_desktop.core.upstream import local_servers
from ccr_desktop.core.upstream.local_servers import (
    find_local_servers,
    start_server,
    startable,
    usual_servers,
)
from ccr_desktop.errors import CcrError
from tests.support.turns import Raw
from tests.support.upstream import Upstream

LIST = Raw(body=json.dumps({"data": [{"id": "qwen"}, {"id": "gpt-oss"}]}).encode())


def at(template: str, url: str) -> Template:
    return replace(need_template(template), url=url, models_url="")


def test_the_usual_servers_have_their_ports() -> None:
    ports = {
        template.id: template.url.split(":")[2][:5].strip("/v") for template in usual_servers()
    }

    assert ports == {"ollama": "11434", "lmstudio": "1234", "llama.cpp": "8080", "vllm": "8000"}


async def test_a_server_that_lists_models_is_found(
    unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_servers, "_PATIENCE_S", 60.0)
    with Upstream(default=LIST) as upstream:
        candidates = [
            at("vllm", f"http://127.0.0.1:{unused_tcp_port}/v1/chat/completions"),
            at("llama.cpp", upstream.chat_url),
        ]

        found = await find_local_servers(read_config({}, None, {}), candidates)

    assert [(server.template.id, server.models) for server in found] == [
        ("llama.cpp", ("qwen", "gpt-oss"))
    ]


async def test_something_else_at_such_a_port_is_no_server_of_models() -> None:
    with Upstream(default=Raw(body=b"<html>a page</html>")) as upstream:
        found = await find_local_servers(read_config({}, None, {}), [at("vllm", upstream.chat_url)])

    assert found == []


async def test_a_server_that_is_silent_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_servers, "_PATIENCE_S", 0.05)
    with Upstream(default=Raw(delay_s=30)) as upstream:
        found = await find_local_servers(read_config({}, None, {}), [at("vllm", upstream.chat_url)])

    assert found == []


@pytest.mark.parametrize("url", ["https://api.deepseek.com/v1", "http://localhost:8000/v1", "//["])
def test_other_addresses_have_no_program(url: str) -> None:
    assert startable(url) == ""


async def test_what_is_not_known_can_not_be_started() -> None:
    with pytest.raises(CcrError, match="No program is known"):
        await start_server("http://localhost:8000/v1")


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a script for a shell")
class TestStarting:
    @pytest.fixture(autouse=True)
    def program(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int) -> str:
        """An `ollama` on the PATH that listens at the usual port, which is another one here."""
        script = tmp_path / "ollama"
        listen = "import http.server,sys,threading;s=http.server.HTTPServer(('127.0.0.1',int(%d)),"
        listen += "http.server.BaseHTTPRequestHandler);s.timeout=5;s.handle_request()"
        script.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{listen % unused_tcp_port}"\n')
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
        programs = {unused_tcp_port: ("Ollama", ("ollama", "serve"))}
        monkeypatch.setattr(local_servers, "_PROGRAMS", programs)
        return f"http://127.0.0.1:{unused_tcp_port}/api/chat"

    async def test_a_program_that_is_installed_is_started(self, program: str) -> None:
        assert startable(program) == "Ollama"

        await start_server(program)

    async def test_one_that_does_not_come_to_listen_is_told(
        self, program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "ollama").write_text("#!/bin/sh\nexit 1\n")
        monkeypatch.setattr(local_servers, "_START_S", 0.3)

        with pytest.raises(CcrError, match="Ollama did not start"):
            await start_server(program)
