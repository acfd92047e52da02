"""The password store of a Linux desktop, on a message bus of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

STARTED = """
for attempt in 1 2 3 4 5 6 7 8 9 10; do
  gdbus call --session --dest org.freedesktop.secrets --object-path /org/freedesktop/secrets \
    --method org.freedesktop.DBus.Peer.Ping >/dev/null 2>&1 && break
  sleep 0.2
done
exec "$@"
"""
UNLOCKED = f"""
eval $(printf test-password | gnome-keyring-daemon --unlock --components=secrets)
{STARTED}"""
WITHOUT_A_COLLECTION = f"""
eval $(gnome-keyring-daemon --start --components=secrets)
{STARTED}"""
ROUND_TRIP = """
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.secrets import Secrets

store = Secrets()
provider = {"name": "p", "api_base_url": "https://h.test", "api_key": "keyring:p", "models": ["m"]}
raw = {"Providers": [provider], "Router": {"default": "p,m"}}
assert store.get("p") is None
assert not store.delete("p")
print(read_config(raw, None, {}).issues[0])
store.set("p", "sk-1")
assert read_config(raw, None, {}).providers["p"].api_key == "sk-1"
store.set("q", "sk-2" * 50_000)
assert store.get("q") == "sk-2" * 50_000
assert store.names() == ["p", "q"]
assert store.status().is_ready and store.unlock().is_ready
assert store.delete("p") and store.delete("q")
assert store.get("p") is None
assert store.names() == []
print(store.describe())
"""
LOCKED = """
import subprocess
from ccr_desktop.core.secrets import Secrets
from ccr_desktop.errors import SecretError

def told(action):
    try:
        action()
    except SecretError as exc:
        print(exc.state, "-", exc.title)

patient, quiet = Secrets(), Secrets(may_prompt=False)
quiet.set("p", "sk-1")
subprocess.run(["gdbus", "call", "--session", "--dest", "org.freedesktop.secrets",
    "--object-path", "/org/freedesktop/secrets", "--method", "org.freedesktop.Secret.Service.Lock",
    "['/org/freedesktop/secrets/collection/login']"], check=True, stdout=subprocess.DEVNULL)
print(quiet.status().state, "-", quiet.status().text, "-", *quiet.status().ways_out)
for action in (lambda: quiet.get("p"), lambda: quiet.set("p", "x"), lambda: patient.get("p")):
    told(action)
print(quiet.unlock().state)
"""
STATE = """
from ccr_desktop.core.secrets import Secrets
from ccr_desktop.errors import SecretError

store = Secrets(may_prompt=False)
print(store.status().state, "-", *store.status().ways_out)
for action in (lambda: store.get("p"), store.names):
    try:
        action()
    except SecretError as exc:
        print(exc.state, "-", exc.title)
print(store.unlock().state)
"""
PLANTED = "sk-planted-in-the-keyring-0123456789"
PLANT = f"""
from ccr_desktop.core.secrets import Place, Secrets

Secrets().set("planted", "{PLANTED}")
assert Secrets().move_all(Place.FILE).names == ("planted",)
assert Secrets().get("planted") == "{PLANTED}"
assert Secrets().move_all(Place.KEYRING).names == ("planted",)
assert Secrets().get("planted") == "{PLANTED}"
print(Secrets().place)
"""
has_keyring = pytest.mark.skipif(
    os.environ.get("CI") != "true"
    and not all(map(shutil.which, ("dbus-run-session", "gnome-keyring-daemon", "gdbus"))),
    reason="no GNOME keyring here",
)
only_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="other systems always have a password store"
)


def run(command: list[str], home: Path, **environment: str) -> list[str]:
    clean = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", **environment}
    result = subprocess.run(
        command, env=clean, capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


def in_session(before: str, code: str, home: Path) -> list[str]:
    """What *code* prints on a bus of its own, after the shell lines *before*."""
    command = ["dbus-run-session", "--", "sh", "-c", before, "sh", sys.executable, "-c", code]
    return run(command, home, XDG_RUNTIME_DIR=str(home))


@only_linux
@has_keyring
def test_a_key_goes_to_the_keyring_and_comes_back(tmp_path: Path) -> None:
    said = in_session(UNLOCKED, ROUND_TRIP, tmp_path)

    assert said[0].startswith("Providers[0].api_key: Secret Service (GNOME Keyring) holds no key")
    assert said[1] == "Secret Service (GNOME Keyring)"


@only_linux
@has_keyring
def test_a_locked_keyring_is_told_without_a_window(tmp_path: Path) -> None:
    said = in_session(UNLOCKED, LOCKED, tmp_path)

    locked = "locked - Your system's password store is locked"
    assert said[0] == "locked - Unlock it to use your keys. - unlock"
    assert said[1:4] == [locked, locked, locked]
    assert said[4] == "denied", "nobody can answer the window here, which counts as a no"


@only_linux
@has_keyring
def test_a_keyring_without_a_password_yet_is_not_called_locked(tmp_path: Path) -> None:
    said = in_session(WITHOUT_A_COLLECTION, STATE, tmp_path)

    assert said[0] == "new - set up use file"
    assert said[1] == "new - Your system's password store is not set up yet"
    assert said[3] != "ready"


@only_linux
def test_a_server_without_a_keyring_is_told_so(tmp_path: Path) -> None:
    said = run([sys.executable, "-c", STATE], tmp_path)

    missing = "missing - This system has no password store"
    assert said == ["missing - use file add store", missing, missing, "missing"]


@only_linux
@has_keyring
def test_a_planted_key_is_found_nowhere_on_disk(tmp_path: Path) -> None:
    assert in_session(UNLOCKED, PLANT, tmp_path) == ["keyring"]

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.suffix == ".keyring" for path in files)
    for coding in ("utf-8", "utf-16-le", "utf-16-be"):
        assert not [path for path in files if PLANTED.encode(coding) in path.read_bytes()]
