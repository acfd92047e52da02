"""What a row says of its folder."""

from pathlib import Path

import pytest

from ccr_desktop.desktop.first_requests import FirstRequest
from ccr_desktop.desktop.pages.launch.rows import Folder, row_of

SHOP = Path("/srv/shop")
AT_S = 1_800_000_000.0


@pytest.mark.parametrize(
    ("first", "state", "words"),
    [
        (None, None, "/srv/shop"),
        (FirstRequest(folder=SHOP, since_s=AT_S - 20), "busy", "waiting for its first request"),
        (FirstRequest(folder=SHOP, since_s=AT_S - 1200), None, "no request has come from it yet"),
        (
            FirstRequest(folder=SHOP, since_s=AT_S - 1200, route="p,big", seconds=1.5),
            "running",
            "used big, 1.50\u00a0s",
        ),
        (
            FirstRequest(folder=SHOP, since_s=AT_S, route="p,big", seconds=1.5, error="no key"),
            "attention",
            "First request failed: no key",
        ),
    ],
    ids=["never launched", "just launched", "launched long ago", "answered", "failed"],
)
def test_a_launch_is_waited_for_and_not_for_ever(
    first: FirstRequest | None, state: str | None, words: str
) -> None:
    row = row_of(Folder(path=SHOP, first=first), AT_S)

    assert row.state == state
    assert words in row.subtitle
