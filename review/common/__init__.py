"""Functions that several units share: finding them and carrying a change over. Pure."""
