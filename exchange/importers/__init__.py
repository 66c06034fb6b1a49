"""Reading a manual from a file: every format ends in exchange.document."""
