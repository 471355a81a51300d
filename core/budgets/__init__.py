"""Foreign bytes are parsed in a child process with a budget, archives counted before they are opened."""
