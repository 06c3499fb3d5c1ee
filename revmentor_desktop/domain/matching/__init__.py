"""The matching engine: pure functions on arrays."""
