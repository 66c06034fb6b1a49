// The tree of units.
