"""What consultations register with the workflow: guards, waiting tasks, history entries, figures of a forum."""
