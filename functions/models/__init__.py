"""Models of functions, of the index that finds them and of the synonyms it knows."""

from functions.models.functions import MAX_DEPTH, Function
from functions.models.search import Entry, Passage, Word
from functions.models.synonyms import Synonym

__all__ = ["MAX_DEPTH", "Entry", "Function", "Passage", "Synonym", "Word"]
