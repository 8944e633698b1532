"""Networks: who influences whom, as compressed rows, from and to files, with their probabilities."""
