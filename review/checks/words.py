"""Words of functions as rules read them: verbs, closings, texts to compare. Pure."""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = str.maketrans("áéíóúüñàèìòùâêîôûäëïöç", "aeiouunaeiouaeiouaeioc")
# Nouns and adjectives in -ar, -er, -ir that may begin a text or follow a verb. Not
# those that are verbs too and begin functions as such: «Auxiliar», «Regular».
_NOUNS = """
    alquiler ayer bienestar cancer caracter celular cualquier ejemplar elixir escolar
    exterior familiar hogar interior lugar malestar mar medular militar mujer
    nuclear par particular peculiar pilar placer poder popular porvenir preliminar
    quehacer secular similar singular solar taller tercer titular tutelar vehicular
    """
_NO_VERBS = frozenset(_NOUNS.split())
_INFINITIVE = re.compile(r"(?:[a-z]+(?:ar|er|ir)|ir)(?:se)?(?:l[aeo]s?)?")
_WORD = re.compile(r"\w+")
_CLOSING = re.compile(
    r"(?:[a-z]+[aei]r )?(?:(?:con|en) )?(?:todas )?(?:[a-z]+[aei]r)?"
    r"(?:l[ao]s|aquell[ao]s|todas) (?:demas|otr[ao]s) (?:que|inherentes|analog[ao]s"
    r"|funciones|actividades|atribuciones|facultades|tareas|responsabilidades|asuntos"
    r"|obligaciones|encomiendas|comisiones)\b"
)


def fold(text: str) -> str:
    """Small letters without accents; ñ counts as n. As long as the text in NFC."""
    return unicodedata.normalize("NFC", text).lower().translate(_ACCENTS)


def is_infinitive(word: str) -> bool:
    """Whether a word may be an infinitive, with a pronoun or without."""
    folded = fold(word)
    return _INFINITIVE.fullmatch(folded) is not None and folded not in _NO_VERBS


def comparable(text: str) -> str:
    """The words of a text in small letters without accents, joined by blanks."""
    return " ".join(_WORD.findall(fold(text)))


def is_closing(text: str) -> bool:
    """Whether a function leaves the list open: «Las demás que le encomiende ...»."""
    return _CLOSING.match(comparable(text[:120])) is not None
