"""Tests of what strangers bring."""
