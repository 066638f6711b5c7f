"""Filters the templates use."""
