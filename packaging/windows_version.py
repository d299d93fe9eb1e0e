"""The version resource of the Windows programs: what their properties show, and what virus scanners look at."""

from __future__ import annotations

import re
from string import Template

_RESOURCE = Template("""\
VSVersionInfo(
  ffi=FixedFileInfo(filevers=$numbers, prodvers=$numbers, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1,
                    subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable('080904B0', [
      StringStruct('CompanyName', 'The Audit Desktop maintainers'),
      StringStruct('FileDescription', 'Audit Desktop'),
      StringStruct('FileVersion', '$version'),
      StringStruct('InternalName', 'audit-desktop'),
      StringStruct('LegalCopyright', 'The Audit Desktop maintainers. MIT licence.'),
      StringStruct('OriginalFilename', 'audit-desktop.exe'),
      StringStruct('ProductName', 'Audit Desktop'),
      StringStruct('ProductVersion', '$version')])]),
    VarFileInfo([VarStruct('Translation', [0x0809, 1200])])
  ]
)
""")


def version_resource(version: str) -> str:
    """Return the text that PyInstaller makes the resource of `version` from: British English, Unicode."""
    return _RESOURCE.substitute(version=version, numbers=four_numbers(version))


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """Return the numbers of `version`, `1.2.3` or `1.2.3rc1`, as the four that Windows wants."""
    numbers = [int(digits.group()) for part in version.split(".") if (digits := re.match(r"\d+", part))]
    first, second, third, fourth = [*numbers, 0, 0, 0, 0][:4]
    return first, second, third, fourth
