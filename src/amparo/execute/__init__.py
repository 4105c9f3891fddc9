"""The executors: one graph, several tables of meaning."""
