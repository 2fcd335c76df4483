"""What the portal asks the database about places."""
