"""REACH restrictions (Annex XVII), as ECHA exports it."""

from __future__ import annotations

from crawlers.echa import EchaSpider


class EchaRestrictionSpider(EchaSpider):
    name = "echa_restriction"
    list_name = "restriction"
