"""The built library: writing it, opening it, asking it as of a day."""
