"""References, schedules, agencies and targets: one module each, each finds spans in clean text."""
