"""Aftercare: encrypted case records and progress reports for shelters that support survivors of human trafficking."""

__version__ = "0.1.0"
