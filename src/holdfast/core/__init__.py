"""The words everything is said in: money, periods, identifiers, problems, definitions, figures. No input or output."""
