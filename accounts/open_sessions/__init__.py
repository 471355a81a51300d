"""The sessions of an account: listed, ended by idleness, by age, by a button, and by each change of a factor."""
