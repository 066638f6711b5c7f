"""Meaning: published wordings as vectors, so that a question finds what is said in other words (the extra `meaning`)."""
