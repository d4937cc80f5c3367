"""REACH Authorisation List (Annex XIV), as ECHA exports it."""

from __future__ import annotations

from crawlers.echa import EchaSpider


class EchaAuthorisationSpider(EchaSpider):
    name = "echa_authorisation"
    list_name = "authorisation"
