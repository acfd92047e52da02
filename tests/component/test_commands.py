"""The commands in this process: what they print, and the exit code that scripts go by."""

import io
import json
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keyring
import pytest

from ccr_desktop import __version__, paths
from ccr_desktop.cli import main
from ccr_desktop.core.secrets.parts import user_of
from ccr_desktop.core.secrets.system import SERVICE
from tests.e2e.desk import posix_only
from tests.support.ports import free_port
from tests.support.router import config
from tests.support.turns import cut, http_error, text
from tests.support.upstream import Upstream
from tests.unit.cli.conftest import MemoryKeyring


@dataclass(frozen=True, slots=True)
class Done:
    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def ccr(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command with a home and a port of its own."""
    monkeypatch.setenv("SERVICE_PORT", str(free_port()))

    def run(*arguments: str, stdin: str = "") -> Done:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        try:
            code = main.ccr(list(arguments))
        except SystemExit as exc:
            code = int(exc.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Done(code, said.out, said.err)

    return run


@pytest.fixture
def configured(upstream: Upstream) -> Upstream:
    """A provider that the configuration file names."""
    write_config(config(upstream.chat_url))
    upstream.respond(lambda _: None)
    return upstream


def write_config(content: Any) -> Path:
    path = paths.config_dir() / "config.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


# -- the command itself ------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["--version", "-v", "version"])
def test_the_version_is_told(ccr: Run, option: str) -> None:
    assert ccr(option) == Done(0, f"ccr {__version__}\n", "")


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["help"]], ids=str)
def test_help_names_every_command(ccr: Run, arguments: list[str]) -> None:
    done = ccr(*arguments)

    assert done.code == 0
    assert set(main.COMMANDS) <= set(done.out.split())


@pytest.mark.parametrize("command", ["serve", "ask"])
def test_every_command_has_help_with_examples(ccr: Run, command: str) -> None:
    done = ccr(command, "--help")

    assert done.code == 0
    assert f"ccr {command}" in done.out
    assert "examples" in done.out


def test_an_unknown_command_is_told(ccr: Run) -> None:
    done = ccr("sreve")

    assert (done.code, done.out) == (2, "")
    assert "sreve" in done.err


def test_a_name_from_claude_code_router_leads_to_ours(ccr: Run) -> None:
    assert "`ccr preset install`" in ccr("install", "team").err


@pytest.mark.parametrize(
    "arguments",
    ["serve --nonsense", "serve --port x", "serve --port 70000", "serve --port ²", "ask --x"],
)
def test_a_wrong_option_is_bad_input(ccr: Run, arguments: str) -> None:
    done = ccr(*arguments.split())

    assert done.code == 2
    assert "usage" in done.err


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("stat", "status"),
        ("strat", "start"),
        ("log", "logs"),
        ("provider", "providers"),
        ("import", "config import"),
        ("bogus", None),
        ("", None),
    ],
)
def test_an_unknown_command_is_answered_with_one_that_is_near(
    ccr: Run, word: str, meant: str | None
) -> None:
    done = ccr(word)

    assert done.code == 2
    assert ("Did you mean" in done.err) is bool(meant)
    assert not meant or f"Did you mean `ccr {meant}`?" in done.err


def test_the_other_name_runs_the_same_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.ccr_desktop(["--version"]) == 0
    assert capsys.readouterr().out == f"ccr-desktop {__version__}\n"


# -- configuration -----------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["serve"], ["ask", "hello"], ["code"]], ids=str)
def test_every_problem_of_a_configuration_is_told_at_once(ccr: Run, command: list[str]) -> None:
    path = write_config(
        {
            "PORT": "many",
            "LOG_LEVEL": "loud",
            "Providers": [{"name": "a"}, {"api_base_url": "nowhere", "name": "b", "models": 5}],
            "Router": {"default": "nobody,x"},
        }
    )

    done = ccr(*command)

    assert (done.code, done.out) == (2, "")
    assert str(path) in done.err
    for place in ("PORT", "LOG_LEVEL", "Providers[0].api_base_url", "Providers[1].api_base_url"):
        [line] = [line for line in done.err.splitlines() if line.startswith(f"  {place}: ")]
        assert "llowed" in line or "required" in line or "example" in line


@pytest.mark.parametrize("content", ["{", "[]", '{"PORT": 1,, }', ""], ids=str)
def test_a_file_that_is_no_configuration_is_told(ccr: Run, content: str) -> None:
    path = write_config(content)

    done = ccr("serve")

    assert done.code == 2
    assert str(path) in done.err


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_a_file_that_cannot_be_read_is_told(ccr: Run, home: Path, name: str) -> None:
    done = ccr("serve", "--config", str(home / name))

    assert done.code == 2
    assert "--config" in done.err


def test_a_wrong_port_in_the_environment_is_told(ccr: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVICE_PORT", "many")

    done = ccr("serve")

    assert done.code == 2
    assert "SERVICE_PORT" in done.err


def test_a_port_in_use_is_told_with_its_holder(ccr: Run) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]

        done = ccr("serve", "--port", str(port))

    assert (done.code, done.out) == (3, "")
    assert f"Port {port} is in use" in done.err
    assert f"process {os.getpid()}" in done.err
    assert "--port" in done.err


# -- ask ---------------------------------------------------------------------------------------


def test_ask_works_without_any_configuration(ccr: Run) -> None:
    done = ccr("ask", "hello")

    assert done.code == 0
    assert "demo provider" in done.out
    assert "demo,demo-model" in done.err


def test_ask_reads_standard_input(ccr: Run, configured: Upstream) -> None:
    configured.script(text("Two lines."))

    done = ccr("ask", stdin="What is in\nthese lines?")

    assert (done.code, done.out) == (0, "Two lines.\n")
    assert "these lines?" in configured.requests[0].texts("user")


def test_ask_sends_the_key_that_is_stored(
    ccr: Run, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = MemoryKeyring()
    store.set_password(SERVICE, user_of("mine"), "sk-stored")
    monkeypatch.setattr(keyring.core, "_keyring_backend", store)
    raw = config(upstream.chat_url)
    raw["Providers"][0]["api_key"] = "keyring:mine"
    write_config(raw)
    upstream.script(text("Good."))

    done = ccr("ask", "hello")

    assert (done.code, done.out) == (0, "Good.\n")
    assert upstream.requests[0].headers["authorization"] == "Bearer sk-stored"


@pytest.mark.parametrize("words", ["", "  \n"])
def test_ask_wants_words(ccr: Run, words: str) -> None:
    done = ccr("ask", stdin=words)

    assert done.code == 2
    assert "ccr ask" in done.err


def test_ask_tells_the_decision_and_usage_as_json(ccr: Run, configured: Upstream) -> None:
    configured.script(text("Grüße."))

    told = json.loads(ccr("ask", "hello", "--json").out)

    assert told["text"] == "Grüße."
    assert (told["route"], told["scenario"]) == ("mock,main-model", "default")
    assert told["request_id"].startswith("req_")
    assert told["stop_reason"] == "end_turn"
    assert told["usage"]["output_tokens"] == 34
    assert told["decision"]["route"] == "mock,main-model"
    assert {"rule", "matched", "reason"} <= set(told["decision"]["trace"][0])


@pytest.mark.parametrize(
    ("arguments", "model"),
    [
        (["--model", "mock,search-model"], "search-model"),
        (["--model", "mock/search-model"], "search-model"),
        (["--route", "think"], "think-model"),
        (["--route", "background"], "small-model"),
    ],
    ids=["model", "slash", "think", "background"],
)
def test_ask_takes_a_model_or_a_route(
    ccr: Run, configured: Upstream, arguments: list[str], model: str
) -> None:
    done = ccr("ask", "hello", *arguments)

    assert done.code == 0
    assert configured.requests[0].model == model


def test_ask_uses_all_that_the_route_lists(ccr: Run, upstream: Upstream) -> None:
    content = config(upstream.chat_url, {"think": ["mock,think-model", "mock,main-model"]})
    write_config({**content, "fallback": {"think": ["mock,small-model"]}})
    upstream.respond(lambda r: text("last") if r.model == "small-model" else http_error(500))

    done = ccr("ask", "hello", "--route", "think")
    told = json.loads(ccr("ask", "hello", "--route", "think", "--json").out)

    assert (done.code, done.out) == (0, "last\n")
    assert "mock,small-model" in done.err
    assert told["decision"]["scenario"] == "think"
    assert told["decision"]["fallbacks"] == ["mock,main-model", "mock,small-model"]


def test_ask_says_where_it_is_called(
    ccr: Run, upstream: Upstream, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "clients" / "ä b").mkdir(parents=True)
    rule = {"name": "here", "when": {"folder": str(home / "clients" / "*")}, "block": "Not here."}
    write_config(config(upstream.chat_url, {"rules": [rule]}))

    monkeypatch.chdir(home)
    assert ccr("ask", "hello").code == 0
    monkeypatch.chdir(home / "clients" / "ä b")
    assert "Not here." in ccr("ask", "hello").err


@pytest.mark.usefixtures("configured")
def test_ask_names_the_routes_when_one_is_unknown(ccr: Run) -> None:
    done = ccr("ask", "hello", "--route", "thnik")

    assert done.code == 2
    assert "thnik" in done.err
    assert "longContext" in done.err


@pytest.mark.parametrize("as_json", [[], ["--json"]], ids=["text", "json"])
def test_ask_fails_with_the_words_of_the_provider(
    ccr: Run, configured: Upstream, as_json: list[str]
) -> None:
    configured.script(http_error(401, "no such key"))

    done = ccr("ask", "hello", *as_json)

    assert done.code == 1
    assert "no such key" in done.err
    assert "mock,main-model" in done.err
    if as_json:
        error = json.loads(done.out)["error"]
        assert error["title"] == "No answer (401)"
        assert "no such key" in error["message"]
    else:
        assert done.out == ""


def test_ask_fails_when_the_answer_breaks_off(ccr: Run, configured: Upstream) -> None:
    configured.script(cut(text("Half of an answer"), after_deltas=1))

    done = ccr("ask", "hello")

    assert done.code == 1
    assert "broke off" in done.err


def test_ask_names_an_unknown_provider(ccr: Run, configured: Upstream) -> None:
    done = ccr("ask", "hello", "--model", "nobody,x")

    assert done.code == 1
    assert "nobody" in done.err
    assert configured.requests == []


@posix_only
def test_a_folder_that_cannot_be_written_is_a_sentence(
    ccr: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "file").touch()
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(home / "file"))

    done = ccr("providers", "add", "ollama")

    assert (done.code, done.out) == (1, "")
    assert str(home / "file") in done.err
    assert "Unclosed" not in done.err
