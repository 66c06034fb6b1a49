"""Articles that no noun follows: a word was lost there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.checks.findings import Hit, Severity, rule
from review.checks.subject import Subject

# «Las y los patrones», «el o la titular» and «la y sus» are right; so are «distinto del
# de» and «al por mayor».
_ALONE = re.compile(
    r"\b(?:(?:el|l[ao]s?|un[ao]s|una)\s+[yeou]\s+(?!(?:el|l[ao]s?|un[ao]s?|al?|del?|en"
    r"|con|por|para|sus?|aquell[ao]s?|es[eo]|est[ae])\b)\w+"
    r"|(?:del|al)\s+(?:ante|con|en|entre|para|sobre)\s+\w+)",
    re.IGNORECASE,
)


@rule(
    "article_alone",
    Severity.WARNING,
    title="Artículo sin sustantivo",
    explanation="Después del artículo falta una palabra, como en «de las y oficinas» o "
    "«junto al en la mesa»: suele ser el resto de un cambio a medias.",
)
def article_alone(subject: Subject) -> Iterator[Hit]:
    """An article before a conjunction, «del» or «al» before a preposition.

    False alarms on 002: 0 of 4 judged.
    """
    for one in subject.texts:
        for found in _ALONE.finditer(one.text):
            article = found.group().split()[0]
            yield one.hit(*found.span(), f"Después de «{article}» falta el sustantivo.")
