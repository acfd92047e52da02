"""Fetching a preset: what is accepted, and what is told otherwise."""

import io
import json
from http.client import IncompleteRead
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest

from ccr_desktop.core.presets import download
from ccr_desktop.core.presets.download import fetch_package
from ccr_desktop.core.presets.packages import MANIFEST, zipped
from ccr_desktop.errors import CcrError, ClientError

TEXT = json.dumps({"Providers": []}).encode()
ADDRESS = "https://h.test/presets/my%20team.zip"


class Response(io.BytesIO):
    def __init__(self, data: bytes, url: str) -> None:
        super().__init__(data)
        self._url = url

    def geturl(self) -> str:
        return self._url


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Any:
    def answer(data: bytes | Exception, url: str = ADDRESS) -> None:
        def opened(*_: Any, **__: Any) -> Response:
            if isinstance(data, Exception):
                raise data
            return Response(data, url)

        monkeypatch.setattr(download, "urlopen", opened)

    return answer


def test_a_package_is_fetched_and_named_by_its_file(serve: Any) -> None:
    serve(zipped({MANIFEST: TEXT}))

    assert fetch_package(ADDRESS).manifest.name == "my team"


def test_a_redirect_to_an_open_address_is_refused(serve: Any) -> None:
    serve(TEXT, url="http://h.test/x")

    with pytest.raises(ClientError, match="without https"):
        fetch_package(ADDRESS)


def test_a_download_has_a_limit(serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "MAX_BYTES", 10)
    serve(b"0" * 11)

    with pytest.raises(ClientError, match="too large"):
        fetch_package(ADDRESS)


@pytest.mark.parametrize(
    "error",
    [URLError("no route"), TimeoutError("late"), ValueError("odd"), IncompleteRead(b"half")],
)
def test_what_goes_wrong_is_told(serve: Any, error: Exception) -> None:
    serve(error)

    with pytest.raises(CcrError, match="can't be fetched"):
        fetch_package(ADDRESS)


def test_files_may_be_named_by_path_or_address(tmp_path: Path) -> None:
    place = tmp_path / "my team.json"
    place.write_bytes(TEXT)

    assert fetch_package(str(place)).manifest.name == "my team"
    assert fetch_package(place.as_uri()).manifest.name == "my team"


@pytest.mark.parametrize(
    "source",
    [
        "http://h.test/x.zip",
        "ftp://h.test/x",
        "data://x",
        "nowhere",
        "https://[::1",
        "a\0b",
        "x" * 5000,
    ],
)
def test_nothing_else_is_accepted(source: str) -> None:
    with pytest.raises(ClientError):
        fetch_package(source)
