"""The assistant: a question in words becomes calls to services, and their facts become a cited answer."""
