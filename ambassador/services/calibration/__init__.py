"""Would it have worked on the organisation's own past? Forecasts, sizes, parents and influence, judged."""
