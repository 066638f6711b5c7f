"""Derived tables: what rules ask of the diagnoses, worked out from published rows when a library is built."""
