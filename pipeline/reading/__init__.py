"""Bytes → ``Document``: one module per format, one flow that makes clean text of their lines."""
