"""What every installation needs, with a window or without."""

from __future__ import annotations

import hashlib
import json
import pkgutil
import re
import ssl
import sys
from importlib import import_module
from importlib.metadata import entry_points

from ccr_desktop import paths
from ccr_desktop.core.routing.tokens import load_encoding
from ccr_desktop.core.upstream.certificates import tls_context
from ccr_desktop.selftest.check import Examine, PartMissing

_LIBRARIES = (
    "aiohttp",
    "aiohttp_socks",
    "cryptography.hazmat.primitives.asymmetric.ed25519",
    "cryptography.hazmat.primitives.ciphers.aead",
    "google.auth",
    "google.oauth2.service_account",
    "json_repair",
    "keyring",
    "orjson",
    "platformdirs",
    "psutil",
    "pyjson5",
    "regex",
    "sqlite3",
    "tiktoken",
)
_UNPACKING = ("brotli", "uvloop")  # where CPython builds of them exist
_OF_SYSTEM = {"win32": ("truststore", "winreg"), "darwin": ("truststore",)}
_BACK_ENDS = {"win32": "Windows", "darwin": "macOS"}
_JSON = (
    "config.schema.json",
    "context_windows.json",
    "openapi.json",
    "providers.json",
    "release_keys.json",
    "i18n/sentences.json",
    "i18n/texts.json",
)
_FILES = ("i18n/ccr_desktop_zh_CN.qm", "icons/app.svg", "icons/LICENSE", "sidecar.mjs")
_GUIDE = ("README.md", "CHANGELOG.md", "docs/desktop.md", "docs/configuration.md")
_HASHES = re.compile(r"`(\w+)\.tiktoken` \| `([0-9a-f]{64})`")


def own_modules(package: str = "ccr_desktop", without: str = "ccr_desktop.desktop") -> str:
    """Each module of *package*: those named only by a text are easily left out of a bundle."""
    names = [
        found.name
        for found in pkgutil.walk_packages(import_module(package).__path__, f"{package}.")
        if not (without and f"{found.name}.".startswith(f"{without}."))
    ]
    missing = [problem for name in names if (problem := _import_problem(name))]
    if missing or not names:
        raise PartMissing("; ".join(missing) or "none is found")
    return str(len(names))


def imports() -> str:
    """Each library that is loaded when it is first needed, so that a missing one shows now."""
    names = [*_LIBRARIES, *_OF_SYSTEM.get(sys.platform, ())]
    if sys.implementation.name == "cpython":
        names += [name for name in _UNPACKING if name != "uvloop" or sys.platform != "win32"]
    missing = [problem for name in names if (problem := _import_problem(name))]
    if missing:
        raise PartMissing("; ".join(missing))
    return f"{len(names)} libraries"


def _import_problem(name: str) -> str:
    try:
        import_module(name)
    except Exception as exc:  # noqa: BLE001  # a broken library fails in its own way
        return f"{name}: {exc}"
    return ""


def vocabulary() -> str:
    """The files that tokens are counted by: unchanged, and of use."""
    listed = _HASHES.findall(paths.resource("vocabulary/README.md").read_text(encoding="utf-8"))
    if not listed:
        raise PartMissing("no vocabulary is listed")
    for name, expected in listed:
        content = paths.resource(f"vocabulary/{name}.tiktoken").read_bytes()
        if hashlib.sha256(content).hexdigest() != expected:
            raise PartMissing(f"{name}.tiktoken is not the file that was published")
        if load_encoding(name).decode(load_encoding(name).encode("Grüße, 世界")) != "Grüße, 世界":
            raise PartMissing(f"{name} does not give back what it was given")
    return ", ".join(name for name, _ in listed)


def keyring_back_ends() -> str:
    """Those that keyring finds by their metadata, the one of this system among them."""
    found = {entry.name: entry for entry in entry_points(group="keyring.backends")}
    own = _BACK_ENDS.get(sys.platform, "SecretService")
    if own not in found:
        raise PartMissing(f"{own} is not among the back ends ({', '.join(found) or 'none'})")
    for entry in found.values():
        entry.load()
    return ", ".join(sorted(found))


def resources() -> str:
    """The files that come along, readable as what they are."""
    for name in _JSON:
        json.loads(paths.resource(name).read_bytes())
    missing = [name for name in _FILES if not paths.resource(name).is_file()]
    missing += [name for name in _GUIDE if not paths.guide(name).is_file()]
    if missing:
        raise PartMissing(f"missing: {', '.join(missing)}")
    return f"{len(_JSON)} of JSON, {len(_FILES)} others, the guide"


def certificates() -> str:
    """Whether a provider's certificate could be checked; nobody is asked."""
    context = tls_context()
    if type(context) is not ssl.SSLContext:
        return f"{ssl.OPENSSL_VERSION}, the system decides"
    count = context.cert_store_stats()["x509_ca"]
    hashed = ssl.get_default_verify_paths().capath
    if not count and not hashed:
        raise PartMissing("the system has no certificates; the package ca-certificates brings them")
    return f"{ssl.OPENSSL_VERSION}, {count or 'a folder of'} certificates"


PARTS: dict[str, Examine] = {
    "modules": own_modules,
    "imports": imports,
    "vocabulary": vocabulary,
    "keyring back ends": keyring_back_ends,
    "resources": resources,
    "certificates": certificates,
}
