"""What was sent, as it was sent."""
