"""The contract of every table, as a CSV people can read: column, type, unit, required, personal, description."""
