"""Letterhead, outline, sign-off and annex tables of a clean text."""
