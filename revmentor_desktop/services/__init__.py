"""What the coordinator does: functions whose first argument is a session."""
