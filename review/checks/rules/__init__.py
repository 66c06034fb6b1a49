"""The rules: one rule or one family in each module."""
