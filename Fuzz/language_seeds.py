"""Writes programs to begin the fuzzing of the nn language with, one a file.

usage: language_seeds.py FOLDER
They are the cells of the notebooks, the rows of the error table and the end-to-end programs.
"""
import pathlib
import re
import sys

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True)
root = pathlib.Path(__file__).resolve().parent.parent
seeds = []
for notebook in sorted([*root.glob("notebooks/*.md"), *root.glob("Tests/Memory/*.md")]):
    seeds += re.findall(r"^```nn[^\n]*\n(.*?)^```", notebook.read_text(), re.M | re.S)
for table in sorted(root.glob("Tests/NNRunnerTests/Errors/*.txt")):
    rows = re.findall(r"^# (?!notebook)[^:\n]*: (.*)$", table.read_text(), re.M)
    seeds += [row.replace("⏎", "\n") for row in rows]
for program in sorted(root.glob("Tests/**/*.nn")):
    seeds.append(program.read_text())
for number, seed in enumerate(seeds):
    (folder / f"{number:04}").write_text(seed)
