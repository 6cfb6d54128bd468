#!/usr/bin/env python3
"""Cuts a failing input down while ReplayMarkdown goes on failing with the same kind of message.

Usage: minimise.py REPLAY_BINARY FILE
"""
import os, re, subprocess, sys, tempfile

binary, path = sys.argv[1:]
handle, name = tempfile.mkstemp(suffix=".md")


def fault(data):
    os.truncate(name, 0)
    with open(name, "wb") as file:
        file.write(data)
    run = subprocess.run([binary, name], capture_output=True, text=True)
    last = run.stdout.strip().split("\n")[-1]
    if run.returncode < 0:
        return f"signal {-run.returncode}"
    return re.sub(r"\d+", "N", last.split(" s: ", 1)[1]) if " s: " in last else None


data = open(path, "rb").read()
wanted = fault(data)
print("fault:", wanted)
size = len(data) // 2
while size >= 1 and wanted:
    start = 0
    while start < len(data):
        shorter = data[:start] + data[start + size:]
        if fault(shorter) == wanted:
            data = shorter
        else:
            start += size
    size //= 2
print(repr(data))
os.remove(name)
