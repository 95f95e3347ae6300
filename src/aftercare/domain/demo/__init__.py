"""Invented people with plausible histories of two years, for training, screenshots and benchmarks.

Everything is drawn from a seed and the day it is told: the same seed on the same day tells the same stories. Nobody
here exists; names are common ones of many origins, organisations are made up.
"""

from aftercare.domain.demo.office import TrainingStaff, training_staff
from aftercare.domain.demo.person import tell_person
from aftercare.domain.demo.telling import Told

__all__ = ["Told", "TrainingStaff", "tell_person", "training_staff"]
