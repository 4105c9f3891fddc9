"""What a scenario does, looked at from several sides: groups, payees, programmes, years, shocks, other sources."""
