"""Make a sealing key and print it (新封存密钥). docs/keys.md says what to do with it."""

from django.core.management.base import BaseCommand

from jiangxue.kernel import crypto
from jiangxue.operations.queries import sealing_keys


class Command(BaseCommand):
    """Print a new sealing key with a number that no key has had; keeps nothing and changes nothing."""

    help = "Print a new sealing key, as JIANGXUE_SEAL_KEYS takes it. Keeps nothing."

    def handle(self, *args: object, **options: object) -> None:
        """Print the key alone on the output, and what it is on the other."""
        keys = sealing_keys()
        key, number = crypto.new_key(), max({*keys.known, *keys.values}) + 1
        self.stderr.write(f"key {number}, fingerprint {crypto.fingerprint(key)}; add this to JIANGXUE_SEAL_KEYS:")
        self.stdout.write(f"{number}:{key.hex()}")
