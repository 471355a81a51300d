"""What every room shares: instants, spreadsheets, plain text, signed tokens, addresses. No models."""
