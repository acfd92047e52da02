"""What a release server may answer that is no release, or that would do harm where it is shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ccr_desktop.core.updates.download import Downloads, latest_release
from ccr_desktop.errors import UpdateError
from tests.support.release_site import ReleaseSite

RUN = "ccr-desktop-9.0.0.run"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "desk"))
    return tmp_path


@pytest.fixture
def site() -> Iterator[ReleaseSite]:
    with ReleaseSite() as made:
        made.publish("9.0.0", {RUN: b"installer"})
        yield made


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"tag_name": "nightly"},
        {"tag_name": 3},
        {"tag_name": "9" * 5000},
        {"tag_name": "1.0", "assets": "x"},
        {"tag_name": "1.0", "assets": [1]},
    ],
    ids=lambda answer: str(answer)[:60],
)
async def test_an_answer_that_is_no_release(site: ReleaseSite, answer: dict[str, object]) -> None:
    site.latest = answer

    if answer.get("tag_name") == "1.0":
        assert (await latest_release(site.config())).assets == ()
    else:
        with pytest.raises(UpdateError):
            await latest_release(site.config())


async def test_what_would_steer_a_terminal_is_left_out(site: ReleaseSite) -> None:
    site.latest["html_url"] = "https://example.com/\x1b]0;evil\x07"
    site.latest["assets"] = [{"name": RUN, "browser_download_url": "https://\x1b[2J.example.com"}]
    site.latest["body"] = "half a letter: \ud800"

    release = await latest_release(site.config())

    assert (release.page, release.assets, release.notes) == ("", (), "half a letter: ?")


async def test_a_version_that_would_steer_a_terminal_is_none(site: ReleaseSite) -> None:
    site.latest["tag_name"] = "9.0.0+\x1b]0;evil\x07"

    with pytest.raises(UpdateError, match="answered something else"):
        await latest_release(site.config())


async def test_a_place_that_can_not_be_written_is_told(site: ReleaseSite, home: Path) -> None:
    (home / "desk").write_bytes(b"")
    config = site.config()
    release = await latest_release(config)

    with pytest.raises(UpdateError, match="updates can't be written"):
        await Downloads(config, site.key.pinned).fetch(release, ".run")
