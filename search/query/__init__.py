"""What was asked: parsed, interpreted, weighted."""
