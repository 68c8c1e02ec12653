"""What was bought: the lines that the word model is fitted to, the fit, and what it reaches on suppliers never seen."""
