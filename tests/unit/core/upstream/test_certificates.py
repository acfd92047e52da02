"""What is said of a file of certificates before it is trusted."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from ccr_desktop.core.upstream.certificates import look_into


def test_the_one_that_ends_first_is_named(tmp_path: Path) -> None:
    early, late = (
        trustme.CA(organization_name=name, organization_unit_name="unit") for name in ("One", "Two")
    )
    ends = datetime(2030, 1, 1, tzinfo=UTC)
    leaf = early.issue_cert("a.test", not_after=ends)
    path = tmp_path / "both.pem"
    early.cert_pem.write_to_path(path)
    late.cert_pem.write_to_path(path, append=True)
    leaf.cert_chain_pems[0].write_to_path(path, append=True)

    found = look_into(str(path))

    assert found.count == 3
    assert found.first_to_end in {"One", "Two", "unit"}
    assert found.ends_at_s > ends.timestamp()  # those of authorities are looked at alone


@pytest.mark.parametrize("content", ["", "no certificates"])
def test_a_file_without_any_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "empty.pem"
    path.write_text(content, "utf-8")

    with pytest.raises((OSError, ValueError)):
        look_into(str(path))
