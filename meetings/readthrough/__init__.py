"""Read-through as pages show it: who was asked, and what waits for a reader."""
