"""Presets as files, read without trust."""

import io
import json
import os
import stat
import struct
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from ccr_desktop.core.presets import packages
from ccr_desktop.core.presets.packages import MANIFEST, read_package, read_package_bytes, zipped
from ccr_desktop.errors import CcrError, ClientError

TEXT = json.dumps({"name": "team"}).encode()


def archive(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, data in entries:
            file.writestr(name, data)
    return buffer.getvalue()


def test_a_folder_a_zip_and_a_single_manifest_are_packages(tmp_path: Path) -> None:
    folder = tmp_path / "team"
    (folder / "t").mkdir(parents=True)
    (folder / MANIFEST).write_bytes(TEXT)
    (folder / "t" / "a.py").write_bytes(b"pass")
    (tmp_path / "team.zip").write_bytes(zipped({MANIFEST: TEXT, "t/a.py": b"pass"}))
    (tmp_path / "team.json").write_bytes(TEXT)

    from_folder, from_zip = read_package(folder), read_package(tmp_path / "team.zip")

    assert from_folder.files == from_zip.files == {MANIFEST: TEXT, "t/a.py": b"pass"}
    assert from_folder.manifest.name == "team"
    assert read_package(tmp_path / "team.json").files == {MANIFEST: TEXT}


def test_the_one_folder_of_a_zip_is_taken_away() -> None:
    data = archive(("team-main/manifest.json", TEXT), ("team-main/t/a.py", b"pass"))

    assert set(read_package_bytes(data, "x", "x").files) == {MANIFEST, "t/a.py"}


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "a/../../evil",
        "/etc/evil",
        "C:\\evil",
        "..\\evil",
        "a\\..\\..\\evil",
        "CON.js",
        "nul/x.js",
    ],
)
def test_a_zip_that_would_write_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(ClientError, match="is not safe"):
        read_package_bytes(archive((MANIFEST, TEXT), (name, b"x")), "bad.zip", "bad")


def test_links_are_refused_in_a_zip_and_passed_over_in_a_folder(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(ClientError, match="is not safe"):
        read_package_bytes(archive((MANIFEST, TEXT), (link, b"/etc/passwd")), "bad.zip", "bad")

    (tmp_path / MANIFEST).write_bytes(TEXT)
    (tmp_path / "link").symlink_to("/etc/passwd")
    assert set(read_package(tmp_path).files) == {MANIFEST}


def test_sizes_and_counts_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_BYTES", 200)
    monkeypatch.setattr(packages, "MAX_FILES", 3)
    many = [(f"{number}.py", b"") for number in range(4)]
    (tmp_path / "large.json").write_bytes(b" " * 201)
    (tmp_path / "folder").mkdir()
    for name, data in ((MANIFEST, TEXT), *many):
        (tmp_path / "folder" / name).write_bytes(data)

    for make in (
        lambda: read_package_bytes(archive((MANIFEST, TEXT), ("big", b"0" * 201)), "x", "x"),
        lambda: read_package_bytes(archive((MANIFEST, TEXT), *many), "x", "x"),
        lambda: read_package(tmp_path / "large.json"),
        lambda: read_package(tmp_path / "folder"),
    ):
        with pytest.raises(ClientError, match="too large"):
            make()


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04 torn", b"[]", b"{", archive(("other.json", b"{}"))],
    ids=["empty", "torn", "list", "half", "no manifest"],
)
def test_what_is_no_preset_is_told(data: bytes) -> None:
    with pytest.raises(CcrError):
        read_package_bytes(data, "x.zip", "x")


def test_a_damaged_zip_is_told() -> None:
    data = bytearray(zipped({MANIFEST: TEXT * 20}))
    data[45] ^= 0xFF

    with pytest.raises(ClientError, match="can't be unpacked"):
        read_package_bytes(bytes(data), "x.zip", "x")


def test_a_zip_damaged_in_any_place_is_told_or_reads_as_it_was() -> None:
    sound = zipped({MANIFEST: json.dumps({"name": "team", "Providers": [*range(99)]}).encode()})
    for place in range(len(sound)):
        for bits in (0x01, 0x12, 0xFF):
            data = bytearray(sound)
            data[place] ^= bits
            with suppress(CcrError):
                read_package_bytes(bytes(data), "x.zip", "x")


def test_a_zip_unpacks_to_no_more_than_it_says() -> None:
    size = 64 * 1024 * 1024
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("big", bytes(size))
    data = buffer.getvalue().replace(struct.pack("<I", size), struct.pack("<I", 10))
    tracemalloc.start()
    try:
        with pytest.raises(ClientError, match="can't be unpacked"):
            read_package_bytes(data, "x.zip", "x")
        assert tracemalloc.get_traced_memory()[1] < size // 8
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_can_not_be_unpacked_in_pieces_is_refused(packing: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as file:
        file.writestr(MANIFEST, TEXT)

    with pytest.raises(ClientError, match="can't be unpacked"):
        read_package_bytes(buffer.getvalue(), "x.zip", "x")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.json").touch(mode=0)

    with pytest.raises(ClientError, match="can't be read"):
        read_package(tmp_path / "x.json")


def test_the_same_files_make_the_same_zip() -> None:
    assert zipped({MANIFEST: TEXT}) == zipped({MANIFEST: TEXT})
