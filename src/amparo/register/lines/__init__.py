"""What families have over one person's earnings: read, drawn, and set on a page."""
