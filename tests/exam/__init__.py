"""The exam: what the project promises, measured on documents beside the tree. ``make exam`` runs it."""
