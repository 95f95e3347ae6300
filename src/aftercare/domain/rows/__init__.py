"""What screens show: frozen values, one module for a screen; queries fill them, widgets read them."""
