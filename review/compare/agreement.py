"""Spanish words that change only because the term beside them did.

"las Delegaciones adscritas" becomes "los Órganos adscritos": the article and the
participle follow the gender of the new term, a verb its number. Words here are without
accents and case. Pure.
"""

from __future__ import annotations

from review.compare.wordsets import word_set

ARTICLES = word_set("el la los las un una unos unas")
DETERMINERS = ARTICLES | word_set(
    "su sus dicho dicha dichos dichas este esta estos estas ese esa esos esas aquel "
    "aquella aquellos aquellas cada todo toda todos todas"
)
LINKS = word_set(
    "a al ante bajo con contra de del desde e en entre hacia hasta ni o para por que "
    "se segun sin sobre tras u y"
)
# Spanish grammar words with no meaning of their own at the ends of a term.
FUNCTION_WORDS = DETERMINERS | LINKS

_FORMS = (
    "el la los las",
    "un una unos unas",
    "este esta estos estas",
    "ese esa esos esas",
    "aquel aquella aquellos aquellas",
    "su sus",
    "cual cuales",
    "quien quienes",
    "le les",
    "lo la los las",
    "y e",
    "o u",
)
_FAMILIES: dict[str, set[int]] = {}
for _number, _words in enumerate(_FORMS):
    for _word in _words.split():
        _FAMILIES.setdefault(_word, set()).add(_number)


CONTRACTIONS = {"del": ("de", "el"), "al": ("a", "el")}


def expanded(words: list[str]) -> list[str]:
    """The words with "del" and "al" as two, since another article may part them."""
    if "del" not in words and "al" not in words:
        return words
    found = []
    for word in words:
        found += CONTRACTIONS.get(word, (word,))
    return found


def singular(word: str) -> str:
    """A plain guess at the singular: enough to see that two forms are of one noun."""
    if len(word) > 3 and word.endswith("es") and word[-3] not in "aeiou":
        return word[:-2]
    if len(word) > 2 and word.endswith("s"):
        return word[:-1]
    return word


def agrees(one: str, other: str, number_changes: bool) -> bool:
    """Whether two words differ only in gender, or also in number where it changes."""
    if one == other:
        return True
    if _FAMILIES.get(one, frozenset()) & _FAMILIES.get(other, frozenset()):
        return True
    if one[-1:] == "s" and other[-1:] == "s":
        one, other = one[:-1], other[:-1]
    elif number_changes:
        if _verb_pair(one, other) or _verb_pair(other, one):
            return True
        one, other = singular(one), singular(other)
    return one == other or _gender_pair(one, other) or _gender_pair(other, one)


def _gender_pair(masculine: str, feminine: str) -> bool:
    """ "adscrito" and "adscrita", "auditor" and "auditora", without their final s."""
    if len(feminine) < 4 or not feminine.endswith("a"):
        return False
    stem = feminine[:-1]
    if stem.endswith("or"):
        return masculine in (stem, stem + "e")
    return masculine == stem + "o"


def _verb_pair(one: str, other: str) -> bool:
    """ "determine" and "determinen", "esta" and "estan"."""
    return len(one) > 2 and other == one + "n" and one[-1] in "aeo"
