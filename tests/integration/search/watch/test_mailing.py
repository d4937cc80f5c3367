"""Alerts become mails: when, to whom, in which language, once."""

from __future__ import annotations

import smtplib
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.utils import timezone

from content.tbt.models import Notification
from search.watch.attempts import MAX_ATTEMPTS
from search.watch.mailing import due, make_mails, send_mails
from search.watch.matching import match
from search.watch.models import Alert, Mail
from tests.integration.content.tbt.samples import ADOPTED, LONGER, TOYS, load
from tests.integration.search.watch.people import follow, person

pytestmark = pytest.mark.django_db
NOON = datetime(2030, 5, 8, 12, tzinfo=timezone.get_default_timezone())  # a Wednesday


def turn(now: datetime = NOON) -> None:
    match()
    make_mails(now)
    send_mails(now)


def sent() -> list[EmailMultiAlternatives]:
    return [one for one in mail.outbox if isinstance(one, EmailMultiAlternatives)]


class TestContent:
    def test_in_english(self) -> None:
        follow(person(language="en"), "member", "EU", label="European Union")
        load(TOYS)
        turn()
        (one,) = sent()
        assert one.to == ["ada@example.org"]
        assert one.subject == "Changed: European Union"
        assert "G/TBT/N/EU/1024 Draft regulation on the safety of toys" in one.body
        assert "/en/tbt/g-tbt-n-eu-1024/" in one.body
        assert "record added" in one.body
        (html, kind) = one.alternatives[0]
        assert kind == "text/html"
        assert "<strong>G/TBT/N/EU/1024</strong>" in str(html)

    def test_in_chinese_by_default(self) -> None:
        follow(person(), "member", "EU", label="欧盟")
        load(TOYS)
        turn()
        (one,) = sent()
        assert one.subject == "有变化：欧盟"
        assert "/tbt/g-tbt-n-eu-1024/" in one.body

    def test_what_sources_write_is_text(self) -> None:
        follow(person(), "member", "EU")
        load(TOYS.model_copy(update={"title": "<img src=x onerror=alert(1)>"}))
        turn()
        assert "<img" not in str(sent()[0].alternatives[0][0])

    def test_a_label_breaks_no_header(self) -> None:
        follow(person(), "member", "EU", label="a\r\nBcc: eve@example.org " + "x" * 200)
        load(TOYS)
        turn()
        assert "\n" not in sent()[0].subject
        assert sent()[0].recipients() == ["ada@example.org"]

    def test_several_subscriptions_in_one_mail(self) -> None:
        ada = person(language="en")
        follow(ada, "member", "EU", label="European Union")
        follow(ada, "hs", "9503", label="Toys")
        load(TOYS)
        turn()
        (one,) = sent()
        assert one.subject == "Changed: European Union and 1 more"

    def test_one_click_unsubscribes(self) -> None:
        ada = person()
        follow(ada, "member", "EU")
        load(TOYS)
        turn()
        headers = sent()[0].message()
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert headers["List-Unsubscribe"].endswith(f"/account/follows/mails/{ada.token}/>")

    def test_a_record_that_was_hidden_since_has_no_address(self) -> None:
        follow(person(), "member", "EU")
        load(TOYS)
        Notification.objects.update(hidden_at=timezone.now())
        turn()
        assert "/tbt/g-tbt" not in sent()[0].body
        assert TOYS.symbol in sent()[0].body


class TestWhen:
    @pytest.mark.parametrize(
        ("frequency", "last", "now", "answer"),
        [
            ("immediate", NOON, NOON, True),
            ("daily", None, NOON, True),
            ("daily", NOON - timedelta(hours=2), NOON, False),
            ("daily", NOON, NOON + timedelta(hours=18), False),  # 6 in the morning
            ("daily", NOON, NOON + timedelta(hours=19), True),
            ("weekly", None, NOON, True),
            ("weekly", NOON, NOON + timedelta(days=4), False),
            ("weekly", NOON, NOON + timedelta(days=5), True),  # Monday
        ],
    )
    def test_due(self, frequency: str, last: datetime | None, now: datetime, answer: bool) -> None:
        assert due(frequency, last, now) is answer

    def test_a_day_s_alerts_come_together(self) -> None:
        follow(person(), "member", "EU", frequency="daily")
        load(TOYS)
        turn()
        load(LONGER)
        turn(NOON + timedelta(hours=1))
        load(ADOPTED)
        turn(NOON + timedelta(hours=2))
        assert len(sent()) == 1
        turn(NOON + timedelta(days=1))
        assert len(sent()) == 2
        assert LONGER.symbol in sent()[1].body
        assert ADOPTED.symbol in sent()[1].body

    def test_nothing_new_no_mail(self) -> None:
        follow(person(), "member", "EU")
        load(TOYS)
        turn()
        turn()
        assert len(sent()) == 1

    @pytest.mark.parametrize("values", [{"mail": False}, {"paused_at": NOON}])
    def test_without_mails(self, values: dict[str, Any]) -> None:
        follow(person(), "member", "EU", **values)
        load(TOYS)
        turn()
        assert sent() == []

    def test_who_has_stopped_all_mails(self) -> None:
        follow(person(mails_stopped_at=NOON), "member", "EU")
        load(TOYS)
        turn()
        assert sent() == []
        assert Alert.objects.filter(wants_mail=False).count() == 1

    def test_an_account_that_is_closed(self) -> None:
        ada = person()
        ada.user.is_active = False
        ada.user.save()
        follow(ada, "member", "EU")
        load(TOYS)
        turn()
        assert sent() == []


class TestFailures:
    @pytest.fixture(autouse=True)
    def _alert(self) -> None:
        follow(person(), "member", "EU")
        load(TOYS)

    @pytest.mark.parametrize("problem", [OSError("refused"), smtplib.SMTPServerDisconnected("gone")])
    def test_a_mail_is_tried_again_under_the_same_name(
        self, monkeypatch: pytest.MonkeyPatch, problem: Exception
    ) -> None:
        names: list[str] = []

        def send(message: EmailMessage, **_kwargs: object) -> int:
            names.append(message.extra_headers["Message-ID"])
            raise problem

        with monkeypatch.context() as broken:
            broken.setattr(EmailMessage, "send", send)
            turn()
            turn(NOON + timedelta(seconds=30))  # not yet
            turn(NOON + timedelta(minutes=2))
        held = Mail.objects.get()
        assert (held.attempts, held.sent_at) == (2, None)
        assert held.error
        turn(NOON + timedelta(days=1))
        (one,) = sent()
        assert {*names, one.extra_headers["Message-ID"]} == {names[0]}
        assert Mail.objects.get().sent_at == NOON + timedelta(days=1)

    def test_in_the_end_it_is_given_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def send(message: EmailMessage, **_kwargs: object) -> int:
            raise OSError("refused")

        monkeypatch.setattr(EmailMessage, "send", send)
        for day in range(30):
            turn(NOON + timedelta(days=day))
        assert Mail.objects.get().attempts == MAX_ATTEMPTS
