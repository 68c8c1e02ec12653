"""Names on payments -> organisations in a register, by name and what else is known, with a calibrated probability."""
