"""The front door."""


def main() -> None: ...
