"""Waiting work: the queue of tasks and its report."""
