"""The review of the proposed pairs: a window of its own, in parts."""
