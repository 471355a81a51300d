"""What every request passes: middleware and context of templates."""
