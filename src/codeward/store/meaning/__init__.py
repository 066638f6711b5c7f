"""Meaning: published wordings as vectors, so that questions find what is said in other words (extra `meaning`)."""
