"""The page about providers says what the data says."""

import os
from pathlib import Path

import pytest

from ccr_desktop.core.setup.provider_tables import presets_table, profiles_table

PAGE = Path(__file__).parents[2] / "docs" / "providers.md"
TABLES = {"presets": presets_table(), "profiles": profiles_table()}


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_are_those_of_the_data(name: str) -> None:
    """`UPDATE_DOCS=1` writes them."""
    text = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- table: {name} -->\n", "<!-- end of table -->"
    before, _, rest = text.partition(begin)
    table, _, after = rest.partition(end)
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(f"{before}{begin}{TABLES[name]}{end}{after}", encoding="utf-8")
        return

    assert table == TABLES[name]
