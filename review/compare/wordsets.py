"""Small sets of Spanish words, written as one string. Pure."""


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())
