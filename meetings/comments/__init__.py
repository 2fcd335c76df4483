"""Internal comments as their page shows them: threads, and what changed under each."""
