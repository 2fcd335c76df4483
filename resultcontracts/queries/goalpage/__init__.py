"""The page of one goal, read in a fixed number of questions and handed on as values."""
