"""Forums: proposed, approved, opened, closed; milestones, evaluation."""
