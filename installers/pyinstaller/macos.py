"""What macOS is told of the app. Not run on a Mac yet.

https://developer.apple.com/documentation/bundleresources/information-property-list
"""

from __future__ import annotations

IDENTIFIER = "io.github.ccr-desktop"
APP = "CCR Desktop.app"
OLDEST_SYSTEM = "13.0"
"""That of the Qt that comes along."""


def info_plist(version: str) -> dict[str, object]:
    """What the bundle adds to its own: a program of the menu bar that opens links."""
    return {
        "CFBundleName": "CCR Desktop",
        "CFBundleDisplayName": "CCR Desktop",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "zh-Hans"],
        "CFBundleURLTypes": [
            {"CFBundleURLName": IDENTIFIER, "CFBundleURLSchemes": ["ccr-desktop"]},
        ],
        "LSApplicationCategoryType": "public.app-category.developer-tools",
        "LSMinimumSystemVersion": OLDEST_SYSTEM,
        "LSBackgroundOnly": False,  # which PyInstaller says where there is a console program
        "LSUIElement": True,  # no icon in the Dock, and no menu bar of its own
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "Copyright © The CCR Desktop developers. MIT licence.",
        "NSSupportsAutomaticTermination": False,  # it serves without a window
        "NSSupportsSuddenTermination": False,
    }
