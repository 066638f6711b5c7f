"""Doors without a web server."""
