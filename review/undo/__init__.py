"""Undoing one save of a draft, as a new change that the history tells like any other.

What the save changed is compared with what is stored now. Where somebody changed the
same since, the undo is refused and says who did it, when and why; what merely got
another number because of its neighbours stands in nobody's way.
"""
