"""Other ways of matching names, each in an environment of its own, to measure Holdfast's matcher beside."""
