"""What a meeting decided: agenda and minutes as documents, and the decision ledger."""
