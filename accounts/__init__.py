"""Users, roles, councils, municipalities and other organisations; sign-in."""
