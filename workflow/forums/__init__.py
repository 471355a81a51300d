"""Forums: proposed, approved, opened, closed; nominations, milestones, evaluation."""
