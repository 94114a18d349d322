"""Jiangxue (匠学): online vocational training whose learning hours can be proven."""
