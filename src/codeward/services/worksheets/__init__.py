"""Worksheets: what was done and measured, worked into codes and units, with the rule behind every step."""
