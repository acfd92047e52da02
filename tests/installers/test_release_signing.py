"""The steps of a release around its files: what they write is what the program trusts."""

import base64
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ccr_desktop.core.updates import signing
from scripts.release import __main__ as release
from tests.support.release_site import SigningKey

ROOT = Path(__file__).parents[2]


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> SigningKey:
    """One that is pinned, and whose secret is where the workflow has it."""
    made = SigningKey()
    monkeypatch.setenv(release.VARIABLE, made.secret)
    monkeypatch.setattr(release, "pinned_keys", lambda: made.pinned)
    return made


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    for name, data in {"a-1.0.run": b"a", "b_1.0.deb": b"b"}.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def step(name: str, *what: object) -> int:
    return release.main([name, *map(str, what)])


def test_what_is_signed_can_be_verified(key: SigningKey, dist: Path) -> None:
    assert step("sums", dist) == 0
    assert step("sign", dist) == 0
    assert step("verify", dist) == 0

    sums = (dist / "SHA256SUMS").read_bytes()
    signing.verify(sums, (dist / "SHA256SUMS.sig").read_bytes(), key.pinned)
    assert set(signing.read_sums(sums)) == {"a-1.0.run", "b_1.0.deb"}


@pytest.mark.parametrize("change", ["changed", "added", "removed", "sums"])
def test_whatever_changes_later_is_noticed(key: SigningKey, dist: Path, change: str) -> None:
    step("sums", dist)
    step("sign", dist)
    match change:
        case "changed":
            (dist / "a-1.0.run").write_bytes(b"evil")
        case "added":
            (dist / "c-1.0.run").write_bytes(b"c")
        case "removed":
            (dist / "a-1.0.run").unlink()
        case "sums":
            (dist / "SHA256SUMS").write_text("", encoding="utf-8")

    assert step("verify", dist) == 1


def test_without_a_key_nothing_is_signed(
    dist: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(release.VARIABLE, raising=False)
    step("sums", dist)

    assert step("sign", dist) == 3
    assert step("sign", dist, "--optional") == 0
    assert not (dist / "SHA256SUMS.sig").exists()
    assert "stays unsigned" in capsys.readouterr().err


@pytest.mark.parametrize("secret", ["short", "!!!", "of nobody"])
def test_a_key_that_is_none_or_not_pinned_is_refused(
    dist: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], secret: str
) -> None:
    secret = SigningKey().secret if secret == "of nobody" else secret
    monkeypatch.setenv(release.VARIABLE, secret)
    step("sums", dist)

    assert step("sign", dist) == 1
    assert secret not in "".join(capsys.readouterr())


def test_a_new_pair_fits_the_file_of_pinned_keys(
    dist: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert step("keygen") == 0
    said = capsys.readouterr().out
    secret = re.search(rf"{release.VARIABLE} +(\S+)", said)
    public = re.search(r"to be pinned +(\S+)", said)
    assert secret
    assert public
    pinned = tmp_path / "keys.json"
    pinned.write_text(json.dumps({"keys": [{"name": "test", "key": public[1]}]}), encoding="utf-8")
    monkeypatch.setattr(signing.paths, "resource", lambda _: pinned)
    monkeypatch.setenv(release.VARIABLE, secret[1])
    folder = dist / "out"
    folder.mkdir()
    shutil.copy(dist / "a-1.0.run", folder)

    assert [step(name, folder) for name in ("sums", "sign", "verify")] == [0, 0, 0]


def test_the_notes_are_the_section_of_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert step("notes", "Unreleased") == 0
    assert capsys.readouterr().out.startswith("### Added")
    assert step("notes", "999.0") == 1


def test_the_notes_of_another_version_are_not_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "CHANGELOG.md"
    log.write_text("# Log\n\n## 1.2.0-rc1\n\nearly\n\n## [1.2.0] - 2026\n\nfinal\n", "utf-8")
    monkeypatch.setattr(release, "CHANGELOG", log)

    assert step("notes", "v1.2.0") == 0
    assert capsys.readouterr().out == "final\n"
    assert step("notes", "1.2") == 1


@pytest.mark.parametrize("name", ["sums", "sign", "verify"])
def test_a_folder_that_is_not_there_is_named(
    key: SigningKey, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert step(name, tmp_path / "nowhere") == 1
    assert str(tmp_path / "nowhere") in capsys.readouterr().err


def test_a_name_that_the_program_would_not_read_is_refused(
    dist: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (dist / "a 1.0.run").touch()

    assert step("sums", dist) == 1
    assert "a 1.0.run" in capsys.readouterr().err
    assert not (dist / "SHA256SUMS").exists()


def test_it_runs_as_the_workflow_calls_it(dist: Path) -> None:
    command = [sys.executable, "-m", "scripts.release", "sums", str(dist)]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == (dist / "SHA256SUMS").read_text(encoding="utf-8")


def test_the_keys_that_are_pinned_here_are_keys() -> None:
    assert all(len(key) == 32 for key in signing.pinned_keys().values())


@pytest.fixture
def two_keys(monkeypatch: pytest.MonkeyPatch) -> tuple[SigningKey, SigningKey]:
    """The old one and the new, both pinned."""
    old, new = SigningKey(), SigningKey()
    monkeypatch.setattr(release, "pinned_keys", lambda: {**old.pinned, **new.pinned})
    return old, new


def sign_with(key: SigningKey, folder: Path) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(release.VARIABLE, key.secret)
        return step("sign", folder)


def test_a_second_key_signs_beside_the_first(
    two_keys: tuple[SigningKey, SigningKey], dist: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    step("sums", dist)
    for key in (*two_keys, two_keys[0]):  # the same once more changes nothing
        assert sign_with(key, dist) == 0

    said = capsys.readouterr().out
    assert step("verify", dist) == 0
    sums, signature = ((dist / name).read_bytes() for name in ("SHA256SUMS", "SHA256SUMS.sig"))
    assert len(signature.splitlines()) == 2
    for key in two_keys:  # programs of either time
        assert key.id in said
        signing.verify(sums, signature, key.pinned)


def test_both_keys_can_sign_at_once(
    two_keys: tuple[SigningKey, SigningKey], dist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the workflow does it, with one secret."""
    monkeypatch.setenv(release.VARIABLE, "\n".join(key.secret for key in two_keys))
    step("sums", dist)

    assert [step("sign", dist), step("verify", dist)] == [0, 0]
    sums, signature = ((dist / name).read_bytes() for name in ("SHA256SUMS", "SHA256SUMS.sig"))
    for key in two_keys:
        signing.verify(sums, signature, key.pinned)


@pytest.mark.parametrize("why", ["other files", "other key", "nonsense"])
def test_a_signature_that_no_longer_holds_is_not_carried_along(
    two_keys: tuple[SigningKey, SigningKey],
    dist: Path,
    capsys: pytest.CaptureFixture[str],
    why: str,
) -> None:
    old, new = two_keys
    step("sums", dist)
    sign_with(old, dist)
    match why:
        case "other files":
            (dist / "c-1.0.run").write_bytes(b"c")
            step("sums", dist)
        case "other key":
            stranger = SigningKey().signature((dist / "SHA256SUMS").read_bytes())
            (dist / "SHA256SUMS.sig").write_bytes(stranger)
        case "nonsense":
            (dist / "SHA256SUMS.sig").write_text("nonsense\n", encoding="utf-8")
    before = (dist / "SHA256SUMS.sig").read_bytes()

    assert sign_with(new, dist) == 1
    assert "sign with that anew, or remove the file" in capsys.readouterr().err
    assert (dist / "SHA256SUMS.sig").read_bytes() == before
    assert step("verify", dist) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="the page has a POSIX shell")
def test_the_page_says_how_to_verify_by_hand(
    two_keys: tuple[SigningKey, SigningKey], dist: Path
) -> None:
    step("sums", dist)
    for key in two_keys:
        sign_with(key, dist)

    for key in two_keys:
        done = by_hand(key, dist)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Signature Verified Successfully" in done.stdout
        assert "a-1.0.run: OK" in done.stdout
    assert by_hand(SigningKey(), dist).returncode != 0
    (dist / "SHA256SUMS").write_bytes(b"0" * 64 + b"  a-1.0.run\n")
    assert by_hand(two_keys[0], dist).returncode != 0


def by_hand(key: SigningKey, folder: Path) -> subprocess.CompletedProcess[str]:
    """The page's own lines, with this key."""
    page = (ROOT / "docs" / "updates.md").read_text(encoding="utf-8")
    script = page.partition("<!-- verify by hand -->\n```sh\n")[2].partition("```")[0]
    public = json.dumps(base64.b64encode(key.public).decode())
    script = script.replace('"the key from release_keys.json"', public)
    assert public in script
    return subprocess.run(
        ["sh", "-ec", script], cwd=folder, capture_output=True, text=True, check=False
    )
