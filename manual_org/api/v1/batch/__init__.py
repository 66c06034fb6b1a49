"""Many writes of one draft at once: all of them, or nothing.

Keys, codes and ETags are those of the draft before the first operation, however the
operations renumber it; what an operation makes is named by its ``ref``. Positions
count among what is there when the operation's turn comes.
"""
