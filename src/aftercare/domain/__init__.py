"""What things mean: plans, progress, consent, people who work here. Plain Python, standard library only."""
