"""Rows whose texts hold only what can be written: see manuals/characters.py."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from manuals.characters import UNWRITABLE, code_of, words_before


def demand_writable(text: str) -> None:
    """A validator. Raises ValidationError, saying which character and after what."""
    found = UNWRITABLE.search(text)
    if found is None:
        return
    values = {
        "code": code_of(found.group()),
        "words": words_before(text, found.start()),
    }
    said = (
        _("Hay un carácter de control (%(code)s) después de «%(words)s»: bórrelo.")
        if values["words"]
        else _("Hay un carácter de control (%(code)s) al principio: bórrelo.")
    )
    raise ValidationError(said % values, code="unwritable")


class WritableModel(models.Model):
    """Refuses unwritable characters in every text, wherever it is written from."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude=None):
        """As Django's, and before any ``clean()`` takes a character for a blank."""
        exclude = set(exclude or ())
        errors: dict = {}
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        for field in self._meta.concrete_fields:
            if field.name in exclude or field.name in errors or field.is_relation:
                continue
            try:
                for text in _texts(getattr(self, field.attname)):
                    demand_writable(text)
            except ValidationError as error:
                errors[field.name] = error.error_list
        if errors:
            raise ValidationError(errors)


def _texts(value) -> Iterable[str]:
    if isinstance(value, str):
        return [value]
    return value if isinstance(value, list) and _all_texts(value) else []


def _all_texts(values: list) -> bool:
    return all(isinstance(value, str) for value in values)
