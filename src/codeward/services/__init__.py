"""Everything the product can answer: questions to a library as of a date of service."""
