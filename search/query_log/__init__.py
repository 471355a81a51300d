"""What was asked and what was opened, without persons."""
