"""Signing in to the admin for the first time, and what its first page tells."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from content.provenance.models import RejectedItem
from portal.launch import admin
from search.models import IndexOutbox
from search.outbox import MAX_ATTEMPTS
from tests.factories import NOW, make_run, make_source, make_standard

pytestmark = pytest.mark.django_db

OWN = "a horse, a battery and a staple"


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The one-time password of a new portal."""
    monkeypatch.setattr(admin, "MARK", tmp_path / "one-time-password")
    issued = admin.issue_one_time_password()
    assert issued
    return issued


def test_the_login_bears_our_name(client: Client) -> None:
    html = client.get("/admin/login/").content.decode()
    assert "登录门户后台" in html
    assert "Wagtail</h1>" not in html


def test_a_password_is_all_that_is_asked_for_first(client: Client, password: str) -> None:
    assert client.login(username="admin", password=password)
    response = client.get("/admin/standard/")
    assert (response.status_code, response["Location"]) == (302, "/admin/own-password/")
    form = client.get("/admin/own-password/").context["form"]
    assert list(form.fields) == ["new_password1", "new_password2"]
    weak = client.post("/admin/own-password/", {"new_password1": "short", "new_password2": "short"})
    assert weak.context["form"].errors
    taken = client.post("/admin/own-password/", {"new_password1": OWN, "new_password2": OWN})
    assert (taken.status_code, taken["Location"]) == (302, "/admin/")
    assert client.get("/admin/standard/").status_code == 200  # still signed in, and let through
    assert Client().login(username="admin", password=OWN)
    assert admin.issue_one_time_password() is None


def test_who_has_a_password_changes_it_where_the_old_one_is_asked_for(admin_client: Client) -> None:
    for response in (
        admin_client.get("/admin/own-password/"),
        admin_client.post("/admin/own-password/", {"new_password1": OWN, "new_password2": OWN}),
    ):
        assert (response.status_code, response["Location"]) == (302, "/admin/account/")
    assert not Client().login(username="admin", password=OWN)


def test_the_page_for_the_first_password_is_behind_the_sign_in(client: Client) -> None:
    assert client.get("/admin/own-password/")["Location"].startswith("/admin/login/")


def test_the_first_page_has_the_figures_of_ones_own_desk(client: Client) -> None:
    source = make_source()
    make_standard("ISO 1:2020")
    RejectedItem.objects.create(run=make_run(source), source=source, key="a", reason="no designation", at=NOW)
    IndexOutbox.objects.create(record_type="standard", record_id=1)
    for group, shown in (("Operators", (True, True, True)), ("Standards editors", (True, False, False))):
        user = User.objects.create_user(group.split()[0])
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        html = client.get("/admin/").content.decode()
        links = ("/admin/standard/", "/admin/rejecteditem/", "/admin/indexoutbox/")
        assert tuple(f'<a href="{link}">1 ' in html for link in links) == shown


def test_an_operator_has_given_up_jobs_tried_again(client: Client) -> None:
    given_up = [
        IndexOutbox.objects.create(record_type="standard", record_id=at, attempts=MAX_ATTEMPTS, error="refused")
        for at in range(3)
    ]
    waiting = IndexOutbox.objects.create(record_type="standard", record_id=9)
    user = User.objects.create_user("Operator")
    user.groups.add(Group.objects.get(name="Operators"))
    client.force_login(user)
    html = client.get("/admin/indexoutbox/").content.decode()
    assert "再次尝试全部已放弃的任务（3）" in html
    only = client.get("/admin/indexoutbox/?state=given_up").context["object_list"]
    assert [one.pk for one in only] == [one.pk for one in given_up]
    one = f"/admin/indexoutbox/replay/{given_up[0].pk}/"
    assert one in html
    assert f"/admin/indexoutbox/replay/{waiting.pk}/" not in html
    assert "standard 0" in client.get(one).content.decode()
    assert client.post(one, follow=True).redirect_chain == [("/admin/indexoutbox/", 302)]
    assert list(IndexOutbox.objects.values_list("attempts", flat=True)) == [0, MAX_ATTEMPTS, MAX_ATTEMPTS, 0]
    assert client.get("/admin/indexoutbox/replay/").status_code == 200
    assert "2" in client.post("/admin/indexoutbox/replay/", follow=True).content.decode()
    assert not IndexOutbox.objects.exclude(attempts=0).exists()
    assert "已放弃的任务（" not in client.get("/admin/indexoutbox/").content.decode()


def test_who_may_only_look_can_not_have_them_tried(client: Client) -> None:
    job = IndexOutbox.objects.create(record_type="standard", record_id=1, attempts=MAX_ATTEMPTS)
    user = User.objects.create_user("Editor")
    user.groups.add(Group.objects.get(name="Standards editors"))
    client.force_login(user)
    for path in ("replay/", f"replay/{job.pk}/"):
        assert client.post(f"/admin/indexoutbox/{path}").status_code in (302, 403)
    job.refresh_from_db()
    assert job.attempts == MAX_ATTEMPTS
