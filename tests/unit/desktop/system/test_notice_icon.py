"""The icon of notices, with and without one among the themes."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from ccr_desktop.desktop.system.notice_icon import notice_icon


@pytest.mark.parametrize("where", ["own", "system"])
def test_a_theme_that_has_it_is_asked_by_name(tmp_path: Path, where: str) -> None:
    folder = tmp_path / where / "icons" / "hicolor" / "48x48" / "apps"
    folder.mkdir(parents=True)
    (folder / "ccr-desktop.png").touch()

    assert notice_icon(_environ(tmp_path)) == "ccr-desktop"


def test_without_one_the_shipped_file_is_sent(tmp_path: Path) -> None:
    address = urlsplit(notice_icon(_environ(tmp_path)))

    assert address.scheme == "file"
    assert Path(unquote(address.path)).read_text(encoding="utf-8").startswith("<svg")


def _environ(folder: Path) -> dict[str, str]:
    system = f"{folder / 'none'}:{folder / 'system'}"
    return {"XDG_DATA_HOME": str(folder / "own"), "XDG_DATA_DIRS": system}
