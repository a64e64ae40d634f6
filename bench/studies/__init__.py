"""Policy studies: what differs when an office does things another way."""
