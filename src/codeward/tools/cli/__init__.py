"""The command line, as docs/reference/cli.md and the JSON contract have it."""
