"""What a screen needs to see: one module per screen, columns in, rows out."""
