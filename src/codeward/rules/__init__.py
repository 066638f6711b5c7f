"""Rules: claim edits as data over facts in portable SQL; engines run the same text for one claim or for a batch."""
