"""REACH Candidate List of substances of very high concern, as ECHA exports it."""

from __future__ import annotations

from crawlers.echa import EchaSpider


class EchaCandidateSpider(EchaSpider):
    name = "echa_candidate"
    list_name = "candidate"
