"""Commands that send nothing, while the password store of the desktop is locked."""

import json
from pathlib import Path

import pytest

from tests.component.test_system_keyring import UNLOCKED, has_keyring, in_session, only_linux
from tests.support.ports import free_port

_COMMANDS = (
    "status",
    "stop",
    "env --shell sh",
    "model get",
    "model set think p,m",
    "route explain {request}",
    "config set LOG_LEVEL warn",
    "providers list",
    "config show",
)
_BUSY_PERSON = """
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection

bus = open_dbus_connection("SESSION")
daemon = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
name = "org.gnome.keyring.SystemPrompter"
bus.send_and_get_reply(new_method_call(daemon, "RequestName", "su", (name, 4)))
print("ready", flush=True)
while True:
    bus.receive()
"""
_CODE = """
import json, subprocess, sys
from ccr_desktop.core.secrets import Secrets

Secrets(may_prompt=False).set("p", "sk-1")
subprocess.run(["gdbus", "call", "--session", "--dest", "org.freedesktop.secrets",
    "--object-path", "/org/freedesktop/secrets", "--method", "org.freedesktop.Secret.Service.Lock",
    "['/org/freedesktop/secrets/collection/login']"], check=True, stdout=subprocess.DEVNULL)
prompter = subprocess.Popen([sys.executable, "-c", {prompter!r}], stdout=subprocess.PIPE)
prompter.stdout.readline()
try:
    for command in json.loads({commands!r}):
        done = subprocess.run([sys.executable, "-m", "ccr_desktop", *command], timeout=20,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        told = "locked" if "is locked" in done.stdout else "nothing"
        print(done.returncode, told, *command, done.stderr if done.returncode else "")
finally:
    prompter.kill()
"""

_LOCKS_ITSELF = """
import json, subprocess
from pathlib import Path
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.secrets import Secrets

secrets = Secrets(may_prompt=False)
secrets.set("p", "sk-of-the-test-1")
provider = {{"name": "p", "api_base_url": "https://h.test", "api_key": "keyring:p",
    "models": ["m"]}}
raw = {{"Providers": [provider], "Router": {{"default": "p,m"}}, "LOG_LEVEL": "info"}}
file = Path.home() / "config.json"
file.write_text(json.dumps(raw))
store = ConfigStore(file, explicit=True, secrets=secrets, patience_s={patience_s})
tell = lambda: print(store.config.log_level, store.config.providers["p"].api_key or "no key",
    secrets.status().state, store.keys_problem and store.keys_problem.state)
tell()
subprocess.run(["gdbus", "call", "--session", "--dest", "org.freedesktop.secrets",
    "--object-path", "/org/freedesktop/secrets", "--method", "org.freedesktop.Secret.Service.Lock",
    "['/org/freedesktop/secrets/collection/login']"], check=True, stdout=subprocess.DEVNULL)
store.save({{**raw, "LOG_LEVEL": "debug"}})
tell()
file.write_text(json.dumps({{**raw, "Providers": [{{**provider, "name": "q"}}],
    "Router": {{"default": "q,m"}}, "LOG_LEVEL": "warn"}}))
store.check()
print(store.config.log_level, store.config.providers["q"].api_key or "no key")
"""


@only_linux
@has_keyring
@pytest.mark.parametrize(("patience_s", "problem"), [(None, "None"), (30, "locked")])
def test_a_keyring_that_locked_itself_leaves_the_keys_in_use(
    tmp_path: Path, patience_s: float | None, problem: str
) -> None:
    said = in_session(UNLOCKED, _LOCKS_ITSELF.format(patience_s=patience_s), tmp_path)

    assert said == [
        "info sk-of-the-test-1 ready None",
        f"debug sk-of-the-test-1 locked {problem}",
        "warn no key",
    ]


@only_linux
@has_keyring
def test_what_sends_nothing_does_not_wait_for_a_locked_keyring(tmp_path: Path) -> None:
    config = tmp_path / ".config" / "ccr-desktop" / "config.json"
    request = tmp_path / "request.json"
    request.write_text(
        json.dumps({"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": "x"}]})
    )
    provider = {"name": "p", "api_base_url": "https://h.test", "api_key": "keyring:p"}
    written = {
        "PORT": free_port(),
        "Providers": [{**provider, "models": ["m"]}],
        "Router": {"default": "p,m"},
    }
    config.parent.mkdir(parents=True)
    config.write_text(json.dumps(written))
    commands = [command.format(request=request).split() for command in _COMMANDS]

    code = _CODE.format(commands=json.dumps(commands), prompter=_BUSY_PERSON)
    said = in_session(UNLOCKED, code, tmp_path)

    assert [line.partition(" ")[0] for line in said] == ["0"] * len(commands), said
    assert [line.split()[1] for line in said[-2:]] == ["locked"] * 2
    saved = json.loads(config.read_bytes())
    assert saved["Providers"][0]["api_key"] == "keyring:p"
    assert saved["LOG_LEVEL"] == "warn"
