"""What was bought: payments -> categories, by the publisher's own codes, rules, other payments to a supplier, words."""
