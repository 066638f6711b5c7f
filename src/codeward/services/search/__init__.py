"""Search: what is typed in, ranked codes with the reason out."""

from codeward.services.search.find import Hit, SearchResult, search

__all__ = ["Hit", "SearchResult", "search"]
