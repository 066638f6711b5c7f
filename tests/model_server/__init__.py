"""A server of our own that speaks as OpenAI's does, and misbehaves as the name of its model says."""
