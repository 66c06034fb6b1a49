"""Commas and periods inside a sentence, where none can stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.checks.findings import Hit, Severity, rule
from review.checks.subject import Subject

_LEADING = r"(?:el|l[ao]s?|un[ao]s?|una|del?|al|en|con|por|para|sobre|entre)"
# Words that open an aside: «y, en su caso, ...», «con, al menos, ...».
_ASIDE = (
    r"(?:a|además|al|así|como|con|conforme|cuando|de|del|dentro|desde|después|donde"
    r"|durante|en|entre|finalmente|incluso|luego|mediante|no|para|por|posteriormente"
    r"|previ[ao]s?|salvo|según|si|sin|sobre|también|tras|una\s+vez|ya)"
)
_STRAY = re.compile(
    rf"(?<![\w-])(?:{_LEADING}|(?<!,\s)[yeou])(?P<comma>\s*,)(?=\s+(?!{_ASIDE}\b)\w)",
    re.IGNORECASE,
)
_ABBREVIATIONS = (
    r"(?:aprox|arts?|av|cap|cfr|cía|dra?|ej|etc|ext|fracc|gral|inc|ing|lic"
    r"|mtr[oa]|no|núms?|págs?|párr|ref|tel|vol|vs)"
)
_BROKEN = re.compile(r"(?<=\w)(?<!\b\w)\.\s+(?P<next>[a-záéíóúñ]\w*|[YE]\s+\w+)")
# «El 1ro. de enero».
_ORDINAL = r"\d+(?:[aeo]|[dmntv][ao]|er|r[ao])"
_ENDS_SHORT = re.compile(rf"\b(?:{_ABBREVIATIONS}|{_ORDINAL})\Z", re.IGNORECASE)


@rule(
    "stray_comma",
    Severity.WARNING,
    title="Coma fuera de lugar",
    explanation="Una coma no separa el artículo o la preposición de su palabra («para "
    "la, entrega»), ni la «y» de lo que une.",
)
def stray_comma(subject: Subject) -> Iterator[Hit]:
    """A comma after an article, a preposition or a conjunction.

    An aside may follow («y, en su caso, ...»): it begins with a preposition or an
    adverb.

    False alarms on 002: 0 of 13 judged.
    """
    for one in subject.texts:
        for found in _STRAY.finditer(one.text):
            word = found.group().rstrip(" ,")
            yield one.hit(
                *found.span("comma"),
                f"Sobra la coma después de «{word}».",
                replacement="",
            )


@rule(
    "broken_sentence",
    Severity.WARNING,
    title="Oración partida por un punto",
    explanation="Después de un punto sigue una minúscula, o una «Y» que continúa lo "
    "anterior: el punto sobra.",
)
def broken_sentence(subject: Subject) -> Iterator[Hit]:
    """A period before a small letter or before «Y»; abbreviations have periods too,
    and ordinals («1ro. de enero»).

    False alarms on 002: 0 of 4 judged.
    """
    for one in subject.texts:
        for found in _BROKEN.finditer(one.text):
            if _ENDS_SHORT.search(one.text[: found.start()]):
                continue
            yield one.hit(*found.span(), f"Después del punto sigue «{found['next']}».")
