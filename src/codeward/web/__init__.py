"""The site: Django pages over the services, server-rendered, nothing stored."""
