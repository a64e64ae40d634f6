"""Loops over people and places, compiled by numba and cached on disk. Everything here works on plain arrays.

Worth and prices are whole numbers in units of 1/SCALE point, so sums are exact and bounds are proven.
"""
