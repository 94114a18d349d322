"""Addresses that load balancers and supervisors of processes ask."""
