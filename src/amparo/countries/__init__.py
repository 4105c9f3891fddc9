"""Countries: law, figures, rules, cases, properties and texts of their programmes."""
