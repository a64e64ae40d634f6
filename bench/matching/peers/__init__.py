"""The methods that are compared. Each has `run(problem, seed, seconds)` giving an Answer."""
