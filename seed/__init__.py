"""The demo: an invented operator, its phone and its people, stored through the product's services."""
