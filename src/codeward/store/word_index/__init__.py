"""The word index: phrases that lead to codes, written with a library and asked by search."""
