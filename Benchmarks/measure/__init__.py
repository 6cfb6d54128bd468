"""What `Benchmarks/run` measures, and how.

| module | holds |
|---|---|
| `contest` | contestants, and how they take turns |
| `report` | rows and their targets, as text and as Markdown |
| `kernels` | the C kernels as a library: products, functions, the machine's peak |
| `engine` | `train` beside NumPy and PyTorch, its memory, one product |
| `language` | start-up, rendering, loops and the tutorials' own programs |
| `product` | one product, in a process of its own |
| `peer` | the program that trains with NumPy or PyTorch |
"""
