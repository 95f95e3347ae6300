"""What lies under the vault's folder: a disk of this computer, another computer's, or a folder that a cloud copies."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from aftercare.domain.errors import Problem, VaultInSyncedFolder, VaultOnNetworkDrive

_NETWORK = (
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "ceph", "glusterfs", "ncpfs", "davfs", "fuse.sshfs",
    "fuse.rclone", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.s3fs", "fuse.glusterfs", "fuse.gcsfuse",
)  # fmt: skip
_SYNCED = (
    "dropbox", "onedrive", "google drive", "googledrive", "my drive", "icloud drive", "iclouddrive",
    "com~apple~clouddocs", "nextcloud", "owncloud", "pcloud drive", "pclouddrive", "mega", "megasync", "box sync",
    "seafile", "kdrive", "proton drive", "tresorit", "syncthing", "sync.com", "yandex.disk", "spideroak hive",
)  # fmt: skip
_MARKS = (".dropbox", ".stfolder", ".owncloudsync.log", ".nextcloudsync.log", ".sync_journal.db", "desktop.onedrive")
_DRIVE_REMOTE = 4


def storage_problem(folder: Path) -> Problem | None:
    """Why records should not lie there; None where nothing speaks against it, or nothing can be told."""
    if file_system_of(folder) in _NETWORK or _is_remote_drive(folder):
        return VaultOnNetworkDrive()
    if _is_synced(folder):
        return VaultInSyncedFolder()
    return None


def file_system_of(folder: Path) -> str:
    """The kind of file system under a folder as Linux names it; empty where that is not told."""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    path, best, kind = os.path.realpath(folder), "", ""
    for line in mounts:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if len(point) >= len(best) and (path == point or path.startswith(point.rstrip("/") + "/")):
            best, kind = point, fields[2]
    return kind


def _is_remote_drive(folder: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        drive = folder.absolute().drive
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == _DRIVE_REMOTE
    return False


def _is_synced(folder: Path) -> bool:
    """By the names that the makers give their folders («OneDrive - Haven House»), and by what they leave inside."""
    path = Path(os.path.realpath(folder))
    for part in path.parts:
        name = part.casefold()
        if name in _SYNCED or name.startswith(("onedrive - ", "dropbox (", "nextcloud-")):
            return True
    try:
        return any((above / mark).exists() for above in (path, *path.parents) for mark in _MARKS)
    except OSError:
        return False
