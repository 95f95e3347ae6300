"""Invented people with plausible histories of two years, for training, screenshots and benchmarks.

Everything is drawn from a seed and the day it is told: the same seed on the same day tells the same stories. Nobody
here exists; names are common ones of many origins, organisations are made up. Nothing is imported here: the entrance
asks for the office alone, and paints before the stories could be loaded.
"""
