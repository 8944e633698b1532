"""How far word will travel: computed, frozen, set beside what happened."""
