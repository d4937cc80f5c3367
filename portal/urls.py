"""All addresses. Chinese at ``/…``, the English edition at ``/en/…``."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls

from portal import api_docs, changes, display, health, own_account, sitemaps, views
from portal.dumps import views as dumps

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("api/", include("portal.api")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/pages.xml", sitemaps.pages, name="sitemap-pages"),
    path("sitemaps/<slug:records>-<int:number>.xml", sitemaps.records, name="sitemap-records"),
    path("data/manifest.json", dumps.manifest, name="data-manifest"),
    re_path(r"^data/latest/(?P<table>[a-z]{1,30})\.(?P<kind>jsonl|csv)\.gz$", dumps.newest, name="data-newest"),
    re_path(r"^data/files/(?P<name>\d{4}-\d{2}-\d{2}-[A-Za-z0-9_.]{1,60})$", dumps.file, name="data-file"),
    path("api/docs/console", api_docs.console, name="api-console"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("search/", include("search.urls")),
        path("standards/check/", include("search.checking.urls")),
        path("standards/", include("content.standards.urls")),
        path("reach/", include("content.reach.urls")),
        path("regulations/", include("content.regulations.urls")),
        path("tbt/", include("content.tbt.urls")),
        path("account/follows/", include("search.watch.urls")),
        path("account/data.json", own_account.data, name="own-data"),
        path("account/delete/", own_account.delete, name="delete-account"),
        path("account/", include("allauth.urls")),
        path("changes/", changes.page, name="changes"),
        path("feeds/", include("portal.changes")),
        path("feeds/", include("content.regulations.feeds")),
        path("feeds/", include("content.reach.feeds")),
        path("feeds/", include("content.tbt.feeds")),
        path("feeds/", include("content.tbt.calendars")),
        path("feeds/", include("search.watch.feeds")),
        path("sources/", include("content.provenance.urls")),
        path("api/docs", api_docs.reference, name="api-docs"),
        path("data/", dumps.page, name="data"),
        path("display/", display.settings_page, name="display"),
        path("opensearch.xml", sitemaps.opensearch, name="opensearch"),
        prefix_default_language=False,
    ),
]

handler400 = "portal.views.bad_request"
handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
handler500 = "portal.views.server_error"
