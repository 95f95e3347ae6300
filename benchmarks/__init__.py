"""How fast Aftercare is: figures beside limits measured in the same run. Nothing asserts a time."""
