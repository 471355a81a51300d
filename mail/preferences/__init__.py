"""How a person with an account wants to be told, and how they stop it."""
