"""What the programme is: mapped classes with their rules, and pure functions."""
