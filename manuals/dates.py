"""The institution's date: "today" is the calendar day in TIME_ZONE."""

from datetime import date

from django.utils import timezone


def today() -> date:
    return timezone.localdate()
