"""Measuring and training the matcher: real labels, invented names, the fit."""
