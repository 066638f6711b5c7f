"""Codeward: dated, sourced US medical code sets, claim edits, fees and coverage."""

__version__ = "0.1.0"
