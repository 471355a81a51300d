"""A document moves from state to state: guards, the one service that moves it, what it freezes."""
