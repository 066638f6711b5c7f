"""Views: each asks a service and renders its answer."""
