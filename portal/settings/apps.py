"""Installed apps and middleware."""

from __future__ import annotations

from portal.settings.env import env

INSTALLED_APPS = [
    "portal",
    "search",
    "search.watch",
    "crawlers",
    "content.standards",
    "content.reach",
    "content.regulations",
    "content.tbt",
    "content.provenance",
    "haystack",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "ninja",  # the API reader's scripts and styles
    "wagtail.contrib.settings",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.users",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail.search",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.humanize",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
if env.str("CELERY_BROKER_URL", default=""):
    # Importing it costs half a second, which the embedded profile need not pay.
    INSTALLED_APPS += ["django_celery_beat"]

MIDDLEWARE = [
    "portal.request_id.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.ContentPolicy",
    "portal.middleware.IsolationHeaders",
    "portal.caching.PublicPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "portal.display.DisplayMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.middleware.OwnPasswordFirst",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.api_edge.ApiEdge",
    "portal.middleware.WrongMethodPage",
]
