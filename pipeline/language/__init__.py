"""Vietnamese: words as spaCy tokens over the clean text, and keys for comparing names."""
