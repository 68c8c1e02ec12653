"""The contract of every table, as a CSV that people can read: column, type, unit, required, personal data, description."""
