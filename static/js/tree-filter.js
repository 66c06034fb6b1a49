// The filter of the tree of units.
