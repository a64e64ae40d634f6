"""One year of one region under one policy: people, offers, groups, runs of the engine."""
