"""What can go wrong. Every message says what to do about it.

BackupError
├── Damaged      a backup lacks a file, or a file is not what it was
└── NotEmpty     a restore would overwrite what is there
"""

from __future__ import annotations


class BackupError(Exception):
    """Base of all."""


class Damaged(BackupError):
    pass


class NotEmpty(BackupError):
    pass
