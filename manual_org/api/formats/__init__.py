"""The forms in which the API answers, and which of them a request gets."""
