"""Reprogramaciones, candados, pesos y textos de un plan."""
