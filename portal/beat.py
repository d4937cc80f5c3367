"""Celery's beat: the schedule in the database, written before it is read for the first time."""

from __future__ import annotations

from django_celery_beat.schedulers import DatabaseScheduler

from portal import schedule


class Scheduler(DatabaseScheduler):
    """A beat that is started before ``manage.py schedule`` was ever run would otherwise idle for five minutes."""

    def setup_schedule(self) -> None:
        schedule.write()
        super().setup_schedule()
