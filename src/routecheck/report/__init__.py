"""From an assessment to what is printed; nothing is computed here."""
