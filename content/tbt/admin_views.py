"""Views of the editors' desk for notifications beyond what every desk has."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from content.admin import RecordIndexView
from content.desk import HideableFilters, RecordEditView
from content.tbt import store
from content.tbt.models import Notification


class NotificationFilters(HideableFilters):
    """What the list of notifications can be narrowed by."""

    class Meta:
        model = Notification
        fields = ("kind", "member", "hidden")


class NotificationIndexView(RecordIndexView):
    """Notifications, found by pieces of a symbol or a title."""

    is_searchable = True

    def get_base_queryset(self) -> QuerySet[Notification]:
        found: QuerySet[Notification] = super().get_base_queryset()
        return found.prefetch_related("wordings")

    def search_queryset(self, queryset: QuerySet[Notification]) -> QuerySet[Notification]:
        if not self.is_searching:
            return queryset
        pieces = Q()
        for word in self.search_query.split()[:8]:
            pieces &= Q(symbol__icontains=word) | Q(wordings__title__icontains=word)
        return queryset.filter(pieces).distinct()


class NotificationEditView(RecordEditView):
    """Gives one notification its Chinese words, leaving a Change for each text."""

    def save_instance(self) -> Notification:
        one: Notification = self.object
        one.edited = self.form.edited
        one.save(update_fields=["edited"])
        store.rewrite(one, self.request.user)
        return one
