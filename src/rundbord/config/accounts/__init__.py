"""How staff sign in: allauth's views on our addresses, in our words, with our letters."""
