"""Readers who follow a document by mail."""
