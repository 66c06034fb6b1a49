"""Fields that take exactly what JSON says, and serializers that refuse the unknown."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError


class Text(serializers.CharField):
    """A string; numbers and booleans are not turned into one."""

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    """A whole number of JSON; neither ``"3"`` nor ``3.0`` nor ``true``."""

    def to_internal_value(self, data):
        if type(data) is not int:
            self.fail("invalid")
        return super().to_internal_value(data)


class Flag(serializers.BooleanField):
    """``true`` or ``false`` of JSON; neither ``"true"`` nor ``1``."""

    def to_internal_value(self, data):
        if type(data) is not bool:
            self.fail("invalid", input=data)
        return data


class Counted(serializers.IntegerField):
    """A whole number of a query string, in plain digits."""

    def to_internal_value(self, data):
        if not re.fullmatch(r"[0-9]{1,9}", data):
            self.fail("invalid")
        return super().to_internal_value(data)


class Day(serializers.DateField):
    """A calendar day as ``2022-05-01``, in no other of the forms of ISO 8601."""

    default_error_messages = {"invalid": _("Indique un día existente, AAAA-MM-DD.")}

    def to_internal_value(self, value):
        if not isinstance(value, str) or not re.fullmatch(
            r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value
        ):
            self.fail("invalid", format="AAAA-MM-DD")
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail("invalid", format="AAAA-MM-DD")


class Strict(serializers.Serializer):
    """What a request may bring; a name that is not declared is an error."""

    unknown_message = _("Este campo no existe o no se puede escribir.")
    unknown_code = "unknown_field"
    # For the OpenAPI document; validate() demands them.
    least_properties = 0
    most_properties: int | None = None

    def to_internal_value(self, data):
        unknown = {}
        if isinstance(data, Mapping):
            unknown = {
                name: [ErrorDetail(self.unknown_message, code=self.unknown_code)]
                for name in data
                if name not in self.fields
            }
        try:
            value = super().to_internal_value(data)
        except ValidationError as error:
            raise ValidationError({**error.detail, **unknown}) from None
        if unknown:
            raise ValidationError(unknown)
        return value


class Query(Strict):
    """The parameters of an address; each at most once."""

    unknown_message = _("Este parámetro no existe en esta dirección.")
    unknown_code = "unknown_parameter"
