"""Holdfast: where a place's money goes, and what would keep more of it working there.

Nothing heavy is imported here; ``import holdfast`` stays instant.
"""

__version__ = "0.1.0"
