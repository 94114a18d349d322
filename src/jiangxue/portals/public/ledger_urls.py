"""Addresses of the public ledger; below /ledger/ a reader of C2SP tlog-tiles finds checkpoint and tiles."""

from django.urls import path, re_path

from jiangxue.portals.public import ledger, ledger_guides, ledger_texts

_SIZE = "0|[1-9][0-9]{0,17}"

app_name = "public_ledger"
urlpatterns = [
    path("", ledger.ledger, name="ledger"),
    path("guides/<slug:name>/", ledger_guides.guide, name="guide"),
    path("checkpoint", ledger_texts.checkpoint, name="checkpoint"),
    path("trust.txt", ledger_texts.trust, name="trust"),
    re_path(rf"^consistency/(?P<old>{_SIZE})-(?P<new>{_SIZE})\.txt$", ledger_texts.consistency, name="consistency"),
    re_path(r"^tile/(?P<level>[0-7])/(?P<number>(?:x[0-9]{3}/){0,5}[0-9]{3})$", ledger_texts.tile, name="tile"),
]
