"""Argument parsing and messages only. Results go to stdout, messages and progress to stderr."""
