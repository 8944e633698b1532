"""Choose ambassadors, forecast how far word will travel, watch the cascade, log the outcome."""

__version__ = "0.1.0"
