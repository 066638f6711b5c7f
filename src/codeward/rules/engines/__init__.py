"""Engines: SQLite for a claim, DuckDB for a batch on one machine, Spark for a cluster; all run the same rule text."""
