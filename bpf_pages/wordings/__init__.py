"""What pages are called and say in languages other than their editors'."""
