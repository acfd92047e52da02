"""Imports point down one list of layers, and the heavy libraries have their places."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.architecture.source import Module, modules

# Top to bottom. A module may import from lower rows and from its own entry, not from neighbours.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("__main__",),
    ("cli", "desktop", "api"),
    ("doctor", "selftest"),
    ("launch", "autostart"),
    ("statusline",),
    ("core.probe", "core.updates"),
    ("core.trial_messages",),
    ("core.service",),
    ("core.server", "core.session_notes", "core.live_config", "core.file_watch"),
    ("core.own_files",),
    ("core.relay", "core.window_discovery"),
    ("core.asking", "core.outcome"),
    ("core.planner", "core.messages_attempt"),
    ("core.attempt",),
    ("core.patience", "core.tries", "core.looks", "core.search_rounds", "core.mending"),
    ("core.refused_members", "core.refusals"),
    ("core.exchange", "core.targets"),
    ("core.agents",),
    ("core.upstream", "core.routing", "core.transformers"),
    ("core.credentials",),
    ("core.transfer",),
    ("core.presets",),
    ("core.setup",),
    ("core.dialects", "core.faces"),
    ("core.config",),
    ("core.providers", "core.secrets"),
    ("core.observe",),
    ("core.protocol",),
    ("core.sidecar",),
    ("core.ids", "runfile", "running_app", "core.user_code", "core.whole_files"),
    (
        "core.daemons",
        "core.durations",
        "core.hidden_signs",
        "core.http_library",
        "core.file_lock",
        "core.file_trouble",
        "core.lookout",
        "core.own_address",
        "core.regular_files",
        "errors",
        "paths",
        "own_program",
    ),
)
PLACES = {
    "aiohttp": ("core.http_library",),
    "aiohttp_socks": ("core.upstream",),
    "PySide6": ("desktop",),
    "shiboken6": ("desktop",),
    "qasync": ("desktop",),
    "jeepney": ("core.secrets", "desktop.system"),
    "keyring": ("core.secrets",),
    "secretstorage": ("core.secrets",),
    "cryptography": ("core.secrets", "core.updates.signing"),
    "google": ("core.credentials",),
    "tiktoken": ("core.routing.tokens",),
}
SPEAKS_HTTP = (
    "core.upstream",
    "core.server",
    "core.service",
    "core.probe",
    "core.trial_messages",
    "core.updates",
    "cli.ask",
)
# No clock, no chance, no I/O: the same input always gives the same output.
PURE = ("core.protocol", "core.dialects", "core.faces")
IMPURE = {"asyncio", "time", "random", "secrets", "os", "socket", "pathlib", "threading", "uuid"}


def _place(name: str) -> tuple[int, str] | None:
    """Row and entry of a module of ours; None for the package itself."""
    inner = name.removeprefix("ccr_desktop").lstrip(".")
    for row, entries in enumerate(LAYERS):
        for entry in entries:
            if inner == entry or inner.startswith(f"{entry}."):
                return row, entry
    return None


def _is_inside(name: str, places: tuple[str, ...]) -> bool:
    inner = name.removeprefix("ccr_desktop.")
    return any(inner == place or inner.startswith(f"{place}.") for place in places)


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_imports_point_down(module: Module) -> None:
    own = _place(module.name)
    if own is None:
        assert module.name in {"ccr_desktop", "ccr_desktop.core"}, "add the module to LAYERS"
        return
    ignored = {"ccr_desktop.desktop.app"} if module.name == "ccr_desktop.cli.ui" else set()
    for imported in module.imports(with_types=module.name != "ccr_desktop.errors") - ignored:
        if imported.startswith("ccr_desktop") and (other := _place(imported)):
            assert other == own or other[0] > own[0], f"{module.name} imports {imported}"


@pytest.mark.parametrize("library", PLACES)
def test_heavy_libraries_stay_in_their_places(library: str) -> None:
    users = {
        module.name
        for module in modules()
        if any(name.partition(".")[0] == library for name in module.imports(with_types=False))
    }

    assert all(_is_inside(user, PLACES[library]) for user in users), users


def test_http_is_spoken_in_few_places() -> None:
    library = "ccr_desktop.core.http_library"
    users = {each.name for each in modules() if library in each.imports(with_types=False)}

    assert all(_is_inside(user, SPEAKS_HTTP) for user in users), users


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_protocol_and_dialects_are_pure(module: Module) -> None:
    if _is_inside(module.name, PURE):
        impure = {name.partition(".")[0] for name in module.imports()} & IMPURE
        assert not impure


def test_the_headless_start_loads_neither_qt_nor_the_tokenizer() -> None:
    code = (
        "import sys, ccr_desktop.cli.serve, ccr_desktop.core.service\n"
        "heavy = {'PySide6', 'shiboken6', 'qasync', 'keyring', 'tiktoken', 'psutil', 'pyjson5',\n"
        "    'google', 'cryptography'}\n"
        "print(sorted(heavy & {name.partition('.')[0] for name in sys.modules}))"
    )

    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "[]"
