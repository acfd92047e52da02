"""Whether the router of this container answers: 0, or 1 with the reason.

It is asked where it says it is, which `--port`, SERVICE_PORT and PORT decide, and never by a proxy.
"""

import json
import os
import sys
import urllib.request
from pathlib import Path

_LIMIT_S = 4


def main() -> int:
    told = sorted(Path(os.environ["CCR_DESKTOP_HOME"], "data", "run").glob("*.json"))
    reasons = [_reason(file) for file in told] or ["no router has started"]
    if None in reasons:
        return 0
    print("; ".join(filter(None, reasons)), file=sys.stderr)
    return 1


def _reason(file: Path) -> str | None:
    """Why the router that wrote *file* is not well; None: it is."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        address = json.loads(file.read_text(encoding="utf-8"))["url"]
        with opener.open(f"{address}/health", timeout=_LIMIT_S) as answer:
            well = json.load(answer)["status"] == "ok"
    except (OSError, ValueError, KeyError, TypeError) as exc:
        return f"{file.name}: {exc}"
    return None if well else f"{address} is not well"


if __name__ == "__main__":
    sys.exit(main())
