"""Exact matching for up to some thousand people: columns are whole groups, priced against a linear
programme.
"""
