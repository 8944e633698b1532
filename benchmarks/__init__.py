"""Speed, memory and quality of the engine, side by side with its peers in one run."""
