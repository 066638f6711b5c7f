"""Suggest: from a note to the codes it supports, each with its place in the text and the guideline that decides."""
