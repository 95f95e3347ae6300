"""What forms hand in: frozen values, one module for a subject; services decide what becomes of them."""
