"""What a simulation assumes about an economy: indices, shocks, take-up, phase-in."""
