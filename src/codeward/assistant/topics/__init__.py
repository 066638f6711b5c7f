"""Topics: one module for each thing that is asked, from the services' facts to statements."""
