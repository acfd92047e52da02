"""The keyring of a Linux desktop, on a message bus of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

UNLOCKED = """
eval $(printf test-password | gnome-keyring-daemon --unlock --components=secrets)
for attempt in 1 2 3 4 5 6 7 8 9 10; do
  gdbus call --session --dest org.freedesktop.secrets --object-path /org/freedesktop/secrets \
    --method org.freedesktop.DBus.Peer.Ping >/dev/null 2>&1 && break
  sleep 0.2
done
exec "$@"
"""
ROUND_TRIP = """
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.secrets import KeyringSecrets

store = KeyringSecrets()
provider = {"name": "p", "api_base_url": "https://h.test", "api_key": "keyring:p", "models": ["m"]}
raw = {"Providers": [provider], "Router": {"default": "p,m"}}
assert store.get("p") is None
assert not store.delete("p")
print(read_config(raw, None, {}).issues[0])
store.set("p", "sk-1")
assert read_config(raw, None, {}).providers["p"].api_key == "sk-1"
assert store.delete("p")
assert store.get("p") is None
print(store.describe())
"""
WITHOUT = """
from ccr_desktop.core.secrets import KeyringSecrets
from ccr_desktop.errors import SecretError

try:
    KeyringSecrets().get("p")
except SecretError as exc:
    print(exc.title)
"""


def run(command: list[str], home: Path, **environment: str) -> list[str]:
    clean = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", **environment}
    result = subprocess.run(
        command, env=clean, capture_output=True, text=True, timeout=60, check=True
    )
    return result.stdout.splitlines()


@pytest.mark.skipif(
    not all(map(shutil.which, ("dbus-run-session", "gnome-keyring-daemon", "gdbus"))),
    reason="no GNOME keyring here",
)
def test_a_key_goes_to_the_keyring_and_comes_back(tmp_path: Path) -> None:
    command = ["dbus-run-session", "--", "sh", "-c", UNLOCKED, "sh", sys.executable, "-c"]

    said = run([*command, ROUND_TRIP], tmp_path, XDG_RUNTIME_DIR=str(tmp_path))

    assert said[0].startswith("Providers[0].api_key: the keyring holds no key 'p'.")
    assert said[1]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a keyring")
def test_a_server_without_a_keyring_is_told_so(tmp_path: Path) -> None:
    said = run([sys.executable, "-c", WITHOUT], tmp_path)

    assert said == ["This system has no keyring that can be used"]
