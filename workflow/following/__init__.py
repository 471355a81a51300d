"""What a person of the desk follows, and what is new there since they last looked."""
