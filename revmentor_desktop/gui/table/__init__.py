"""The one table that shows staff, pairs and session logs."""
