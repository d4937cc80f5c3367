"""Notifications under the WTO Agreement on Technical Barriers to Trade: how their symbols, codes and dates are read."""
