"""What can go wrong with a server.

ServiceError
├── Missing         something is not installed; the message says how to install it
├── FetchFailed     a download failed twice, or is not what it should be
├── DidNotStart     the server ended or did not answer in time; the message ends with its log
└── Refused         it answers with an error
"""

from __future__ import annotations


class ServiceError(Exception):
    """Base of all."""


class Missing(ServiceError):
    pass


class FetchFailed(ServiceError):
    pass


class DidNotStart(ServiceError):
    pass


class Refused(ServiceError):
    pass
