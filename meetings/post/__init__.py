"""Mails of a meeting: who gets one when a version is sent, and what it says."""
