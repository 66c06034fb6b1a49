"""Sentences too long to be understood at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.checks.findings import Hit, Severity, rule
from review.checks.subject import Subject

LONGEST = 80  # words
# «la H. Comisión», «el Lic. Pérez»: these periods end no sentence.
_SENTENCE = re.compile(
    r"\S.*?(?:[;:?!](?=\s)|(?<!\b[A-Z])(?<!\bDr)(?<!\bLic)(?<!\bArt)(?<!\bNúm)(?<!\bNo)"
    r"\.(?=\s+[A-ZÁÉÍÓÚÑ«“¿¡(]|\s*\Z)|\Z)",
    re.DOTALL,
)
_WORD = re.compile(r"\w+")


@rule(
    "long_sentence",
    Severity.ADVICE,
    title="Oración demasiado larga",
    explanation=f"Una oración de más de {LONGEST} palabras se entiende mal: conviene "
    "partirla o pasar la enumeración a incisos.",
)
def long_sentence(subject: Subject) -> Iterator[Hit]:
    """A sentence of more words than LONGEST; items are sentences of their own.

    False alarms on 002: 0 of 39 judged.
    """
    for one in subject.texts:
        if len(one.text) < 4 * LONGEST:
            continue
        for sentence in _SENTENCE.finditer(one.text):
            count = len(_WORD.findall(sentence.group()))
            if count > LONGEST:
                yield one.hit(*sentence.span(), f"La oración tiene {count} palabras.")
