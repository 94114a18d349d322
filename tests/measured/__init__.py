"""Measurements that docs cite; not tests, and run only when named."""
