"""Whom benefits and reforms reach, and what they change."""
