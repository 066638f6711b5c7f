"""A language model beside the assistant: it may pick an intent and connect statements, and it states nothing."""
