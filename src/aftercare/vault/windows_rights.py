"""The rights of a folder on Windows: for the person who runs the program and for the system itself, nobody else.

Set and read by the calls that Windows has for it and not by a program like icacls, which would be looked for along a
path that others can write. Imported on Windows alone.
"""

from __future__ import annotations

import ctypes
import re
import sys
from pathlib import Path

_ACE = re.compile(r"\(A;([A-Z]*);[^;()]*;[^;()]*;[^;()]*;([^;()]*)\)")
# the system, the administrators (who can take any right), whoever owns or makes a file
_HARMLESS = ("SY", "BA", "OW", "CO", "S-1-5-18", "S-1-5-32-544", "S-1-3-4", "S-1-3-0")


def readers(rights: str) -> set[str]:
    """Who is let in by a list of rights as Windows writes it (SDDL); `*` where there is no list at all."""
    listed = rights.partition("D:")[2]
    if not listed or listed.startswith("NO_ACCESS_CONTROL"):
        return {"*"}
    return {who for _flags, who in _ACE.findall(listed)}


def others(rights: str, owner: str) -> set[str]:
    """Who is let in besides this person and those who need no invitation."""
    return readers(rights) - {owner, *_HARMLESS}


if sys.platform == "win32":
    from ctypes import wintypes

    _TOKEN_QUERY, _TOKEN_USER = 0x0008, 1
    _FILE, _LIST, _NOT_INHERITED = 1, 0x00000004, 0x80000000
    _REVISION = 1
    _advapi = ctypes.WinDLL("advapi32", use_last_error=True)
    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _POINTER = ctypes.c_void_p
    _advapi.OpenProcessToken.argtypes = (wintypes.HANDLE, wintypes.DWORD, _POINTER)
    _advapi.GetTokenInformation.argtypes = (wintypes.HANDLE, ctypes.c_int, _POINTER, wintypes.DWORD, _POINTER)
    _advapi.ConvertSidToStringSidW.argtypes = (_POINTER, _POINTER)
    _advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW.argtypes = (
        wintypes.LPCWSTR,
        wintypes.DWORD,
        _POINTER,
        _POINTER,
    )
    _advapi.GetSecurityDescriptorDacl.argtypes = (_POINTER, _POINTER, _POINTER, _POINTER)
    _advapi.SetNamedSecurityInfoW.argtypes = (
        wintypes.LPCWSTR,
        ctypes.c_int,
        wintypes.DWORD,
        _POINTER,
        _POINTER,
        _POINTER,
        _POINTER,
    )
    _advapi.GetNamedSecurityInfoW.argtypes = (
        wintypes.LPCWSTR,
        ctypes.c_int,
        wintypes.DWORD,
        _POINTER,
        _POINTER,
        _POINTER,
        _POINTER,
        _POINTER,
    )
    _advapi.ConvertSecurityDescriptorToStringSecurityDescriptorW.argtypes = (
        _POINTER,
        wintypes.DWORD,
        wintypes.DWORD,
        _POINTER,
        _POINTER,
    )
    _advapi.SetFileSecurityW.argtypes = (wintypes.LPCWSTR, wintypes.DWORD, _POINTER)
    _kernel.GetCurrentProcess.restype = wintypes.HANDLE
    _kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    _kernel.LocalFree.argtypes = (_POINTER,)

    def leave_to_owner(folder: Path) -> None:
        """Replace its list of rights, and what is inherited below; nothing where the disk knows no rights."""
        person = _this_person()
        if not person:
            return
        wanted = f"D:P(A;OICI;FA;;;{person})(A;OICI;FA;;;SY)"
        descriptor, listed = _POINTER(), _POINTER()
        present, default = wintypes.BOOL(), wintypes.BOOL()
        convert = _advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW
        if not convert(wanted, _REVISION, ctypes.byref(descriptor), None):
            return
        try:
            _advapi.GetSecurityDescriptorDacl(
                descriptor, ctypes.byref(present), ctypes.byref(listed), ctypes.byref(default)
            )
            _advapi.SetNamedSecurityInfoW(str(folder), _FILE, _LIST | _NOT_INHERITED, None, None, listed, None)
            if not is_left_to_owner(folder):
                # the folder above has handed its list down all the same (Wine does so): then the list as it is
                _advapi.SetFileSecurityW(str(folder), _LIST | _NOT_INHERITED, descriptor)
        finally:
            _kernel.LocalFree(descriptor)

    def is_left_to_owner(folder: Path) -> bool:
        """Whether its list of rights lets nobody else in; a disk that keeps no lists lets everybody in."""
        rights = rights_of(folder)
        return bool(rights) and not others(rights, _this_person())

    def rights_of(folder: Path) -> str:
        """The list of rights as Windows writes it (SDDL); empty where it cannot be read."""
        descriptor, written = _POINTER(), wintypes.LPWSTR()
        told = ctypes.byref(descriptor)
        if _advapi.GetNamedSecurityInfoW(str(folder), _FILE, _LIST, None, None, None, None, told):
            return ""
        try:
            convert = _advapi.ConvertSecurityDescriptorToStringSecurityDescriptorW
            if not convert(descriptor, _REVISION, _LIST, ctypes.byref(written), None):
                return ""
            rights = written.value or ""
            _kernel.LocalFree(written)
            return rights
        finally:
            _kernel.LocalFree(descriptor)

    def _this_person() -> str:
        """The identifier of who runs this process («S-1-5-21-…»); empty where Windows does not say."""
        token = wintypes.HANDLE()
        if not _advapi.OpenProcessToken(_kernel.GetCurrentProcess(), _TOKEN_QUERY, ctypes.byref(token)):
            return ""
        try:
            needed = wintypes.DWORD()
            _advapi.GetTokenInformation(token, _TOKEN_USER, None, 0, ctypes.byref(needed))
            told = ctypes.create_string_buffer(needed.value)
            if not _advapi.GetTokenInformation(token, _TOKEN_USER, told, needed, ctypes.byref(needed)):
                return ""
            written = wintypes.LPWSTR()
            identifier = _POINTER.from_buffer(told)  # TOKEN_USER begins with the pointer to it
            if not _advapi.ConvertSidToStringSidW(identifier, ctypes.byref(written)):
                return ""
            person = written.value or ""
            _kernel.LocalFree(written)
            return person
        finally:
            _kernel.CloseHandle(token)
