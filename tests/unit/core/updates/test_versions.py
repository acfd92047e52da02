"""Which version is later, and which files are of it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.updates.versions import is_newer, names_version, rank

ORDER = ["0.9", "1.0.dev1", "1.0a1", "1.0b2", "1.0-beta.3", "1.0rc1", "1.0", "1.0.1", "1.2", "1.10"]


@pytest.mark.parametrize(("older", "newer"), [*pairwise(ORDER)])
def test_versions_have_an_order(older: str, newer: str) -> None:
    assert is_newer(newer, older)
    assert not is_newer(older, newer)


@pytest.mark.parametrize(("one", "other"), [("1.2", "1.2.0"), ("v1.2", "1.2"), ("1.2+own", "1.2")])
def test_the_same_in_other_words_is_not_newer(one: str, other: str) -> None:
    assert not is_newer(one, other)
    assert not is_newer(other, one)


@given(st.text(max_size=20))
def test_what_is_no_version_is_never_newer(text: str) -> None:
    assert not is_newer(text, "999999999999999999999.0") or rank(text)


@pytest.mark.parametrize(
    "name",
    [
        "ccr-desktop_1.2.3_amd64.deb",
        "ccr-desktop-1.2.3-1.x86_64.rpm",
        "ccr-desktop-1.2.3.run",
        "CCR-Desktop-v1.2.3-arm64.dmg",
    ],
)
def test_names_carry_their_version(name: str) -> None:
    assert names_version(name, "1.2.3")
    for other in ("1.2", "2.3", "1.2.30", "11.2.3", "1.2.3.4", "1.2.3rc1", "64", "1"):
        assert not names_version(name, other)


def test_a_version_before_the_final_one_is_written_with_a_tilde_by_packages() -> None:
    assert names_version("ccr-desktop_1.2.3~rc1_amd64.deb", "1.2.3rc1")
    assert not names_version("ccr-desktop_1.2.3~rc1_amd64.deb", "1.2.3")
    assert not names_version("ccr-desktop-1.2.3rc1.run", "1.2.3")
