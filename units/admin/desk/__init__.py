"""The editor's desk for the tree: the structure of a draft and what changes it.

``tree`` and ``page`` show the structure; ``operations`` are the steps that change it,
each with the ``preview`` of what changes; ``concerns`` is where upper apps say what
else a change touches.
"""
