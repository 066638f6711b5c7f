"""The catalogue: every question a program may put to the services, each described once, as a typed tool."""
