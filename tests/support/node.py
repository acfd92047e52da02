"""Whether Node.js is here; on CI it has to be."""

import os
import shutil

import pytest

needs_node = pytest.mark.skipif(
    shutil.which("node") is None and os.environ.get("CI") != "true", reason="Node.js is missing"
)
