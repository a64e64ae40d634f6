"""Matching for thousands of people: prices first, a priced greedy start, then ruin and recreate."""
