"""Write `resources/config.schema.json` from the declarations of the settings.

    python scripts/update_config_schema.py

A test compares the file with what this would write.
"""

from __future__ import annotations

from pathlib import Path

from ccr_desktop.core.config.json_schema import schema_text

TARGET = Path(__file__).parents[1] / "resources" / "config.schema.json"

if __name__ == "__main__":
    TARGET.write_text(schema_text(), encoding="utf-8")
