"""A programme as a page: each provision beside its rule, with figures, examples, guarantees and what hangs on what."""
