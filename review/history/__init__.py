"""What happened to units and functions: across editions, and save by save in one.

``over_time`` compares the editions that had a unit or a function, by key. ``saves``
reads the history rows of one edition as one stream. Both only read.
"""
