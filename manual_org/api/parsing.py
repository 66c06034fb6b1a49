"""Bodies of requests: strict JSON of bounded size and depth, storable as it is."""

from __future__ import annotations

import json

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from manual_org.api.errors import BodyTooLarge
from manuals.characters import UNWRITABLE

MAX_DEPTH = 12


class StrictJSONParser(BaseParser):
    """UTF-8 JSON without repeated names, NaN, deep nesting or unstorable characters.

    Raises BodyTooLarge or ParseError, with a sentence that says what to correct.
    """

    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None):
        limit = settings.API_MAX_BODY_BYTES
        content = stream.read(limit + 1)
        if len(content) > limit:
            raise BodyTooLarge(
                _("El cuerpo rebasa el máximo de %(limit)d bytes.") % {"limit": limit}
            )
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            raise ParseError(_("El cuerpo no está en UTF-8.")) from None
        try:
            data = json.loads(
                text, object_pairs_hook=_object, parse_constant=_refuse_constant
            )
        except RecursionError:
            raise _too_deep() from None
        except json.JSONDecodeError as error:
            raise ParseError(
                _("El cuerpo no es JSON válido (línea %(line)d, columna %(column)d).")
                % {"line": error.lineno, "column": error.colno}
            ) from None
        except ValueError:  # a number of more digits than Python converts
            raise ParseError(_("El cuerpo contiene un número excesivo.")) from None
        _demand_storable(data)
        return data


def _object(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ParseError(_("El cuerpo repite un nombre en el mismo objeto."))
    return found


def _refuse_constant(name):
    raise ParseError(_("El cuerpo contiene %(name)s, que no es JSON.") % {"name": name})


def _too_deep():
    return ParseError(
        _("El cuerpo tiene más de %(depth)d niveles de anidación.")
        % {"depth": MAX_DEPTH}
    )


def _demand_storable(data) -> None:
    """Walk the data without recursion: depth and characters."""
    pending = [(data, 1)]
    while pending:
        value, depth = pending.pop()
        if depth > MAX_DEPTH:
            raise _too_deep()
        if isinstance(value, str):
            if UNWRITABLE.search(value):
                raise ParseError(
                    _("El cuerpo contiene caracteres de control o no válidos.")
                )
        elif isinstance(value, dict):
            pending += ((name, depth) for name in value)
            pending += ((child, depth + 1) for child in value.values())
        elif isinstance(value, list):
            pending += ((child, depth + 1) for child in value)
