"""Validity check (标准查新): the designations in a text, what each is worth today or on a day, and a report of it."""
