"""The demo: an invented operator, its phone and its trend-setters, stored through the product's own services."""
