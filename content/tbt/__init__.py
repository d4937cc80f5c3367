"""Notifications under the WTO Agreement on Technical Barriers to Trade. So far their symbols; no Django app yet."""
