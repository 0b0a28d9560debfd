"""What the Python programs have in common: the downloaded key file, events, and answers to `admin` (see README.md)."""

import json
import os
import sys


def read_key_file(path):
    """Returns (bootstrap server, key, secret, file of the authority to trust or None for plaintext)."""
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    below = lambda label: lines[lines.index(label) + 1]
    return below("Bootstrap server:"), below("API key:"), below("API secret:"), os.environ.get("SSL_CA_FILE")


# How long a command may try what does not succeed.
PATIENCE_MS = int(os.environ.get("PATIENCE_MS", 20000))


def keyed_records():
    """`key<TAB>value` lines of standard input, as bytes."""
    for line in sys.stdin:
        key, value = line.rstrip("\n").split("\t", 1)
        yield key.encode(), value.encode()


def report(event):
    print(json.dumps(event), flush=True)


def report_record(partition, offset, key, value):
    report(
        {
            "event": "record",
            "partition": partition,
            "offset": offset,
            "key": key.decode() if key is not None else None,
            "value": value.decode(),
        }
    )


def report_assigned(partitions):
    report({"event": "assigned", "partitions": list(partitions)})


class Refused(Exception):
    """The broker refused, with one of Kafka's error codes."""

    def __init__(self, code):
        super().__init__(f"error {code}")
        self.code = code


def serve_admin(steps, code_of=lambda error: None):
    """Answers the requests on standard input until it ends.

    What is not among the steps is what the client cannot do. `code_of` tells Kafka's error code from an error of the
    client's own, or None.
    """
    for line in sys.stdin:
        request = json.loads(line)
        step = steps.get(request["do"])
        if step is None:
            report({"event": "answer", "unsupported": True})
            continue
        try:
            result = step(request)
        except Exception as error:
            code = error.code if isinstance(error, Refused) else code_of(error)
            if code is None:
                raise
            report({"event": "answer", "error": code})
        else:
            report({"event": "answer", "result": result})


def run(commands):
    """Runs `<command> <key file> <arguments>` with (key file's contents, arguments)."""
    command, key_file, *arguments = sys.argv[1:]
    commands[command](read_key_file(key_file), *arguments)
