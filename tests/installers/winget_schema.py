"""What winget demands of the manifests of one package, as far as ours go.

By https://learn.microsoft.com/windows/package-manager/package/manifest; stricter than winget,
which takes fields that it does not know.
"""

from typing import Any

_TEXT = {"type": "string", "minLength": 2, "maxLength": 256}
_URL = {"type": "string", "pattern": "^https://.+", "maxLength": 2048}
_LOCALE = {"type": "string", "pattern": "^[a-z]{2}-[A-Z]{2}$"}
_SCOPE = {"enum": ["user", "machine"]}
_PART = r"[^.\s\\/:*?\"<>|]{1,32}"
_EVERY = {
    "PackageIdentifier": {"type": "string", "pattern": rf"^{_PART}(\.{_PART}){{1,7}}$"},
    "PackageVersion": {"type": "string", "pattern": r"^[^\\/:*?\"<>|]+$", "maxLength": 128},
    "ManifestVersion": {"const": "1.10.0"},
}
_RESPONSES = ["packageInUse", "diskFull", "cancelledByUser", "downgrade", "blockedByPolicy"]


def _list(of: dict[str, Any], longest: int) -> dict[str, Any]:
    return {"type": "array", "items": of, "uniqueItems": True, "minItems": 1, "maxItems": longest}


def _object(fields: dict[str, Any], needed: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": fields,
        "required": needed,
        "additionalProperties": False,
    }


def _manifest(kind: str, needed: list[str], fields: dict[str, Any]) -> dict[str, Any]:
    every = {**_EVERY, "ManifestType": {"const": kind}}
    return _object({**every, **fields}, [*every, *needed])


_INSTALLER = _object(
    {
        "Architecture": {"enum": ["x64", "arm64"]},
        "Scope": _SCOPE,
        "InstallerUrl": _URL,
        "InstallerSha256": {"type": "string", "pattern": "^[A-Fa-f0-9]{64}$"},
        "InstallerSwitches": _object({"Custom": {"type": "string", "maxLength": 2048}}, []),
        "ElevationRequirement": {"enum": ["elevationRequired", "elevationProhibited"]},
    },
    ["Architecture", "InstallerUrl", "InstallerSha256"],
)
_RETURN_CODE = _object(
    {
        "InstallerReturnCode": {"type": "integer", "not": {"const": 0}},
        "ReturnResponse": {"enum": _RESPONSES},
    },
    ["InstallerReturnCode", "ReturnResponse"],
)
_LISTED = _object({"DisplayName": _TEXT, "Publisher": _TEXT, "ProductCode": _TEXT}, [])

SCHEMAS = {
    "version": _manifest("version", ["DefaultLocale"], {"DefaultLocale": _LOCALE}),
    "defaultLocale": _manifest(
        "defaultLocale",
        ["PackageLocale", "Publisher", "PackageName", "License", "ShortDescription"],
        {
            "PackageLocale": _LOCALE,
            **dict.fromkeys(("Publisher", "PackageName", "Copyright"), _TEXT),
            **dict.fromkeys(("PublisherUrl", "PublisherSupportUrl", "PackageUrl"), _URL),
            **dict.fromkeys(("LicenseUrl", "ReleaseNotesUrl"), _URL),
            "License": {"type": "string", "minLength": 3, "maxLength": 512},
            "ShortDescription": {"type": "string", "minLength": 3, "maxLength": 256},
            "Description": {"type": "string", "minLength": 3, "maxLength": 10_000},
            "Moniker": {"type": "string", "maxLength": 40},
            "Tags": _list({"type": "string", "maxLength": 40}, 16),
        },
    ),
    "installer": _manifest(
        "installer",
        ["Installers", "InstallerType"],
        {
            "Platform": _list({"enum": ["Windows.Desktop", "Windows.Universal"]}, 2),
            "MinimumOSVersion": {"type": "string", "pattern": r"^\d{1,5}(\.\d{1,5}){0,3}$"},
            "InstallerType": {"const": "nullsoft"},
            "InstallModes": _list({"enum": ["interactive", "silent", "silentWithProgress"]}, 3),
            "UpgradeBehavior": {"enum": ["install", "uninstallPrevious", "deny"]},
            "Commands": _list({"type": "string", "minLength": 1, "maxLength": 40}, 16),
            "Protocols": _list({"type": "string", "maxLength": 2048}, 64),
            "ProductCode": {"type": "string", "minLength": 1, "maxLength": 255},
            "ExpectedReturnCodes": _list(_RETURN_CODE, 128),
            "AppsAndFeaturesEntries": _list(_LISTED, 128),
            "Installers": _list(_INSTALLER, 1024),
        },
    ),
}
