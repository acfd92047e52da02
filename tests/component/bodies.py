"""Forms of a request: answered whole or streamed, translated or passed on."""

import pytest

from tests.component.client import QUESTION, STREAMED

CLAUDE = {**STREAMED, "model": "claude,claude-upstream"}
BOTH = pytest.mark.parametrize("body", [QUESTION, STREAMED], ids=["json", "stream"])
PROVIDERS = pytest.mark.parametrize("body", [STREAMED, CLAUDE], ids=["translated", "passed"])
