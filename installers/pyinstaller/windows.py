"""What Windows shows of a program in its properties, as the text that PyInstaller reads.

https://learn.microsoft.com/windows/win32/menurc/versioninfo-resource
"""

from __future__ import annotations

import re
from pathlib import Path

_TEMPLATE = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={four}, prodvers={four}, mask=0x3F, flags=0, OS=0x40004, fileType=1),
  kids=[
    StringFileInfo([StringTable('040904B0', [{strings}])]),
    VarFileInfo([VarStruct('Translation', [0x409, 1200])]),
  ],
)
"""


def version_resource(version: str, program: str, description: str) -> str:
    """For one of the programs."""
    strings = {
        "CompanyName": "The CCR Desktop developers",
        "FileDescription": description,
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": "Copyright © The CCR Desktop developers. MIT licence.",
        "OriginalFilename": f"{program}.exe",
        "ProductName": "CCR Desktop",
        "ProductVersion": version,
    }
    entries = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in strings.items())
    return _TEMPLATE.format(four=of_four(version), strings=entries)


def of_four(version: str) -> tuple[int, int, int, int]:
    """The numbers that Windows compares; a suffix such as `rc1` is none."""
    found = re.match(r"(\d+)\.(\d+)\.(\d+)", version)
    if not found:
        raise ValueError(f"{version} is no version of three numbers")
    major, minor, patch = (int(number) for number in found.groups())
    return major, minor, patch, 0


def write_version_resource(folder: Path, version: str, program: str, description: str) -> str:
    """The file's path, as PyInstaller takes it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{program}-version.txt"
    file.write_text(version_resource(version, program, description), encoding="utf-8")
    return str(file)
