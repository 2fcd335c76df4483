"""Questions to municipalities and others: asked, answered once each, reminded, closed."""
