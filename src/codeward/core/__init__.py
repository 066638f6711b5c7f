"""The words of the trade as values: codes, dates, sources, facts and answers; standard library only."""
