"""How quickly groups are found in a whole country, beside a page of the same server that is only read."""
