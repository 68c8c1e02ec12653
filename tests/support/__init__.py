"""What the tests share and is not a fixture."""
