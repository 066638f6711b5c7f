"""Routing: which question is asked, by the words and the codes in it."""
