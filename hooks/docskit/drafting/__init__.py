"""Drafts of translations by machine: what is stale, asked for, checked and put in its place."""
