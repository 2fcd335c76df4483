"""What is written of result contracts; each in one act, and the contract locked first."""
