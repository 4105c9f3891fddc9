"""What amparo promises about speed and memory, measured beside its peer on this machine."""
