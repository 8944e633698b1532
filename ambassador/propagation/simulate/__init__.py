"""Simulation: how far word travels from given people, by wave or by the clock."""
