"""Days: "today" is the calendar day in TIME_ZONE; others are plausible or refused."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

EARLIEST = date(1800, 1, 1)  # before it, a year was mistyped
IMPLAUSIBLE = _("El año parece equivocado: indique un día desde 1800.")


def today() -> date:
    return timezone.localdate()


def validate_plausible(day: date) -> None:
    """ValidationError for a day that no manual can speak of."""
    if day < EARLIEST:
        raise ValidationError(IMPLAUSIBLE, code="too_early")
