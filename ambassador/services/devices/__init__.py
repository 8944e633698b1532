"""The phones: in stock, handed out, on their way, back."""
