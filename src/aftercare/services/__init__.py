"""What a person asks for: one function a request, one transaction each."""
