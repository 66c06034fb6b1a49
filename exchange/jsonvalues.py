"""Reading values out of parsed JSON, each refusal naming its place."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from datetime import date
from typing import Any, NoReturn
from uuid import UUID

from exchange.importers.errors import ImportRejected
from manuals.characters import UNWRITABLE

_ABSENT = object()
_LARGEST = 32_767
_KEY = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
# A figure at least: words such as "historial" are addresses of their own.
_CODE = re.compile(r"(?=.*[0-9])[0-9A-Za-z]{1,10}(?:\.[0-9A-Za-z]{1,10}){0,30}")


def unique_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object_pairs_hook that refuses a name given twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ImportRejected(
            f"Un objeto JSON tiene dos veces el campo «{_shown(twice)}».",
            code="json_duplicate",
        )
    return found


def _shown(name: str) -> str:
    """The beginning of a name; half a surrogate pair in it cannot be sent to anyone."""
    return name[:40].encode("utf-8", "backslashreplace").decode()


class Place:
    """A value and where it stands, as a JSON Pointer.

    Every method that returns a value raises ImportRejected where it is of another
    kind; those ending in _or_none take null and absence too.
    """

    __slots__ = ("pointer", "value")

    def __init__(self, value: Any, pointer: str) -> None:
        self.value = value
        self.pointer = pointer

    def __getitem__(self, name: str) -> Place:
        return Place(self.value.get(name, _ABSENT), f"{self.pointer}/{name}")

    @property
    def given(self) -> bool:
        return self.value is not None and self.value is not _ABSENT

    def refuse(self, why: str) -> NoReturn:
        raise ImportRejected(
            f"JSON no válido en {self.pointer or '/'}: {why}.", code="json_content"
        )

    def demand_fields(self, names: tuple[str, ...]) -> None:
        """The value is an object without any other field."""
        if not isinstance(self.value, dict):
            self.refuse("falta" if self.value is _ABSENT else "se espera un objeto")
        unknown = next((name for name in self.value if name not in names), None)
        if unknown is not None:
            self.refuse(f"el campo «{_shown(unknown)}» no existe en el formato")

    def demand_new(self, value: Hashable, seen: set[Any]) -> None:
        if value in seen:
            self.refuse(f"«{value}» está repetido")
        seen.add(value)

    def elements(self) -> Iterator[Place]:
        """The places of a list; null and absence are an empty one."""
        if not self.given:
            return
        if not isinstance(self.value, list):
            self.refuse("se espera una lista")
        for number, value in enumerate(self.value):
            yield Place(value, f"{self.pointer}/{number}")

    def text(self) -> str:
        """A text that is not empty."""
        found = self.text_or_none()
        if found is None or not found.strip():
            self.refuse("falta el texto")
        return found

    def text_or_none(self) -> str | None:
        if not self.given:
            return None
        if not isinstance(self.value, str):
            self.refuse("se espera un texto")
        unwritable = UNWRITABLE.search(self.value)
        if unwritable:
            self.refuse(
                f"el texto contiene el carácter U+{ord(unwritable.group()):04X}"
            )
        return self.value

    def integer(self) -> int:
        found = self.integer_or_none()
        if found is None:
            self.refuse("falta el número")
        return found

    def integer_or_none(self) -> int | None:
        if not self.given:
            return None
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self.refuse("se espera un número entero")
        if not 1 <= self.value <= _LARGEST:
            self.refuse(f"se espera un número entre 1 y {_LARGEST}")
        return self.value

    def one_of(self, choices: tuple[str, ...]) -> str:
        if self.value not in choices:
            self.refuse("se espera uno de " + ", ".join(choices))
        return self.value

    def key(self) -> UUID:
        found = self.key_or_none()
        if found is None:
            self.refuse("falta el identificador")
        return found

    def key_or_none(self) -> UUID | None:
        if not self.given:
            return None
        if not isinstance(self.value, str) or not _KEY.fullmatch(self.value):
            self.refuse("se espera un identificador UUID")
        return UUID(self.value)

    def date_or_none(self) -> date | None:
        if not self.given:
            return None
        if isinstance(self.value, str) and _DATE.fullmatch(self.value):
            try:
                return date.fromisoformat(self.value)
            except ValueError:
                pass
        self.refuse("se espera una fecha AAAA-MM-DD")

    def code(self) -> str:
        found = self.text()
        if not _CODE.fullmatch(found):
            self.refuse("se espera un código como 8.2.1")
        return found

    def digest(self) -> str:
        found = self.text()
        if not _DIGEST.fullmatch(found):
            self.refuse("se espera un SHA-256 en hexadecimal")
        return found
