"""What changes result contracts. Each module is about one noun."""
