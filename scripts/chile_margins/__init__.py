"""The margins of the synthetic Chile, derived from CASEN 2020 and 2022: tables of shares, never rows."""
