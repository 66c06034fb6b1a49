"""Views of the API, by what they speak of."""
