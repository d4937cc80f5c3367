"""The administrator's account and its one-time password."""

from __future__ import annotations

import secrets

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser

from portal.settings.env import DATA_DIR

MARK = DATA_DIR / "one-time-password"
"""Holds the password's hash, not the password, for as long as the administrator has not chosen another."""


def has_one_time_password(user: AbstractUser) -> bool:
    """Whether ``user`` still signs in with the password that ``make run`` printed."""
    try:
        return secrets.compare_digest(MARK.read_text(), user.password)
    except FileNotFoundError:
        return False


def issue_one_time_password() -> str | None:
    """Make the account ``admin`` if there is none, and a new password unless its owner has chosen one.

    Returns the password to print, or None when the administrator has one of their own.
    """
    users = get_user_model()
    admin = users.objects.filter(username="admin").first()
    if admin is None:
        admin = users(username="admin", is_staff=True, is_superuser=True)
    elif not has_one_time_password(admin):
        return None
    password = secrets.token_urlsafe(12)
    admin.set_password(password)
    admin.save()
    MARK.write_text(admin.password)
    MARK.chmod(0o600)
    return password
