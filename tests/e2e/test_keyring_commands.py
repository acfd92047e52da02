"""`ccr keys` with the keyring of a Linux desktop, and on a server without one."""

import json
import shlex
import subprocess
import sys

import pytest

from tests.component.test_system_keyring import UNLOCKED, has_keyring
from tests.e2e.desk import Desk
from tests.support.turns import http_error, text
from tests.support.upstream import Upstream

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a Secret Service is Linux's")
KEY = "sk-in-the-keyring-0123456789"
ASKING = """
import http.client, json
connection = http.client.HTTPConnection("127.0.0.1", {port})
body = {{"model": "m", "max_tokens": 9, "messages": [{{"role": "user", "content": "hi"}}]}}
connection.request("POST", "/v1/messages", json.dumps(body))
print(connection.getresponse().read().decode())
"""


def in_session(desk: Desk, script: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script where a keyring is unlocked; `ccr` is the command."""
    command = f'ccr() {{ {shlex.join(desk.command())} "$@"; }}\n{script}'
    return subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", UNLOCKED, "sh", "sh", "-c", command],
        cwd=desk.home,
        env={**desk.environment, "XDG_RUNTIME_DIR": str(desk.home)},
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )


@has_keyring
def test_a_key_lives_in_the_keyring_from_first_to_last(desk: Desk, upstream: Upstream) -> None:
    upstream.script(text("With a key."))
    url = upstream.chat_url.replace("127.0.0.1", "localhost")
    script = f"""
    echo {KEY} | ccr providers add mine --url {url} --model big --key-stdin --no-test || exit 1
    ccr keys list || exit 2
    ccr providers list --json > list.json || exit 3
    ccr config show || exit 4
    ccr ask hello || exit 5
    ccr config export || exit 6
    ccr keys delete mine || exit 7
    ccr keys list
    ccr ask hello && exit 8
    ccr keys delete mine
    """

    done = in_session(desk, script)

    assert done.returncode == 2, done.stderr  # there is nothing left to delete
    assert upstream.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert len(upstream.requests) == 1
    assert "keyring, keyring:mine" in done.stdout
    assert "keyring:mine (no such key)" in done.stdout
    assert KEY not in done.stdout + done.stderr
    [listed] = json.loads((desk.home / "list.json").read_text())
    assert listed["key"]["source"] == "keyring"
    readable = [path for path in (desk.home / "desk").rglob("*") if path.is_file()]
    assert readable
    assert not [path for path in readable if KEY.encode() in path.read_bytes()]


@has_keyring
def test_a_running_service_follows_new_and_deleted_keys(desk: Desk, upstream: Upstream) -> None:
    upstream.script(text("With a key."))
    provider = {
        "name": "mine",
        "api_base_url": upstream.chat_url.replace("127.0.0.1", "localhost"),
        "api_key": "keyring:mine",
        "models": ["big"],
    }
    desk.write_config({"Providers": [provider], "Router": {"default": "mine,big"}})

    (desk.home / "ask.py").write_text(ASKING.format(port=desk.port))
    asking = shlex.join([sys.executable, "ask.py"])

    done = in_session(
        desk,
        f"ccr start && {asking}; echo {KEY} | ccr keys set mine && {asking};"
        f"ccr keys delete mine && {asking}; ccr stop",
    )

    before, with_it, after = (line for line in done.stdout.splitlines() if line.startswith("{"))
    assert "has no key" in before, done.stderr
    assert "With a key." in with_it, done.stderr
    assert "uses it from now on" in done.stderr
    assert "has no key" in after, done.stderr
    assert "does not use it any more" in done.stderr
    assert KEY not in done.stdout + done.stderr


def test_a_server_without_a_keyring_is_shown_ways_out(desk: Desk) -> None:
    desk.ccr("providers", "add", "deepseek")

    set_ = desk.ccr("keys", "set", "deepseek", stdin=f"{KEY}\n")
    listed = desk.ccr("keys", "list")
    added = desk.ccr("providers", "add", "groq", "--key-stdin", stdin=f"{KEY}\n")

    assert (set_.returncode, listed.returncode, added.returncode) == (1, 0, 1)
    assert "--key-env" in set_.stderr
    assert "environment, $DEEPSEEK_API_KEY (not set)" in listed.stdout
    assert KEY not in set_.stderr + added.stderr + listed.stdout


@has_keyring
@pytest.mark.parametrize("place", ["keyring", "protected file"])
def test_a_key_that_left_the_file_is_found_nowhere_on_disk(
    desk: Desk, upstream: Upstream, place: str
) -> None:
    upstream.respond(
        lambda asked: (
            http_error(401, f"Wrong key: {KEY}")
            if asked.texts("user").strip() == "again"
            else text("With a key.")
        )
    )
    provider = {
        "name": "mine",
        "api_base_url": upstream.chat_url.replace("127.0.0.1", "localhost"),
        "api_key": KEY,
        "models": ["big"],
    }
    desk.write_config(
        {"LOG_LEVEL": "trace", "Providers": [provider], "Router": {"default": "mine,big"}}
    )
    consent = "ccr keys use-file --yes || exit 1" if place == "protected file" else ""
    script = f"""
    {consent}
    ccr start || exit 2
    ccr ask hello || exit 3
    ccr model set think mine,big || exit 4
    ccr keys move mine --to keyring || exit 5
    ccr ask hello || exit 6
    ccr ask again
    ccr keys where --json || exit 7
    ccr keys list || exit 8
    ccr config export || exit 9
    ccr preset export mine
    ccr logs
    ccr config restore 1 || exit 10
    ccr ask hello || exit 11
    ccr stop
    """

    done = in_session(desk, script)

    assert done.returncode == 0, done.stderr
    assert {request.headers["authorization"] for request in upstream.requests} == {f"Bearer {KEY}"}
    assert len(upstream.requests) >= 4
    assert f'"place": "{place.removeprefix("protected ")}"' in done.stdout
    assert KEY not in done.stdout + done.stderr
    files = [path for path in desk.home.rglob("*") if path.is_file()]
    assert any("config-versions" in path.parts for path in files)
    assert any(path.suffix == ".keyring" for path in files)
    assert any(path.suffix == ".log" for path in files)
    for coding in ("utf-8", "utf-16-le"):
        assert not [path for path in files if KEY.encode(coding) in path.read_bytes()]
