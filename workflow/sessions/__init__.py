"""Sessions at meetings: minutes, panel, rating sheets."""
