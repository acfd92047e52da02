"""`ccr keys` with the keyring of a Linux desktop, and on a server without one."""

import json
import shlex
import shutil
import subprocess
import sys

import pytest

from tests.component.test_system_keyring import UNLOCKED
from tests.e2e.desk import Desk
from tests.support.turns import text
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
has_keyring = pytest.mark.skipif(
    not all(map(shutil.which, ("dbus-run-session", "gnome-keyring-daemon", "gdbus"))),
    reason="no GNOME keyring here",
)


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
    echo {KEY} | ccr providers add mine --url {url} --model big --key-stdin || exit 1
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
