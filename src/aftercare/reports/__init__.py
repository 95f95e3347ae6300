"""What is printed: rows in, PDF bytes out."""
