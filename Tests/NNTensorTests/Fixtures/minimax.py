"""The coefficients in Sources/CNNKernels/constants_f64.h and constants_f32.h.

Remez's exchange in 60 digits; prints C initialisers, lowest power first, with the largest error of
the unrounded polynomial. Needs mpmath.
"""
from mpmath import mp, mpf, matrix, lu_solve, exp, log, sin, cos, atan, sqrt, cos as mcos, pi, taylor
import struct

mp.dps = 60


def remez(f, a, b, degree, iterations=12):
    n = degree + 2
    xs = [(a + b) / 2 + (b - a) / 2 * mcos(pi * (n - 1 - i) / (n - 1)) for i in range(n)]
    for _ in range(iterations):
        m = matrix(n, n)
        v = matrix(n, 1)
        for i, x in enumerate(xs):
            for j in range(degree + 1):
                m[i, j] = x**j
            m[i, degree + 1] = (-1) ** i
            v[i] = f(x)
        c = lu_solve(m, v)
        poly = [c[j] for j in range(degree + 1)]

        def error(x):
            s = mpf(0)
            for k in reversed(poly):
                s = s * x + k
            return s - f(x)

        grid = [a + (b - a) * i / 600 for i in range(601)]
        values = [error(x) for x in grid]
        ext = []
        for i in range(601):
            left = values[i - 1] if i else -values[i]
            right = values[i + 1] if i < 600 else -values[i]
            if (i == 0 or abs(values[i]) >= abs(left) or values[i] * left < 0) and (
                i == 600 or abs(values[i]) >= abs(right) or values[i] * right < 0
            ):
                if ext and values[ext[-1]] * values[i] > 0:
                    if abs(values[i]) > abs(values[ext[-1]]):
                        ext[-1] = i
                else:
                    ext.append(i)
        if len(ext) < n:
            break
        while len(ext) > n:
            ext.pop(0 if abs(values[ext[0]]) < abs(values[ext[-1]]) else -1)
        xs = [grid[i] for i in ext]
    return poly, max(abs(v) for v in values)


def series(coefficients):
    """f(z) = sum of coefficients(k) z^k, for removable singularities."""

    def f(z):
        s = mpf(0)
        for k in reversed(range(60)):
            s = s * z + coefficients(k)
        return s

    return f


def as32(x):
    return struct.unpack("f", struct.pack("f", float(x)))[0]


def show(name, f, a, b, degree, single=False):
    poly, err = remez(f, mpf(a), mpf(b), degree)
    print(f"// {name}: degree {degree}, error 2^{float(log(err) / log(2)):.1f}")
    print(",".join((as32(c).hex() + "f") if single else float(c).hex() for c in poly))


half_log2 = log(mpf(2)) / 2 * mpf("1.001")
s2 = ((sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)) ** 2 * mpf("1.001")
q = (pi / 4) ** 2 * mpf("1.001")
EXP = series(lambda k: 1 / mp.factorial(k + 2))
LOG = series(lambda k: mpf(2) / (2 * k + 3))
SIN = series(lambda k: (-1) ** (k + 1) / mp.factorial(2 * k + 3))
COS = series(lambda k: (-1) ** k / mp.factorial(2 * k + 4))


def ATAN(z):
    if z < mpf("1e-30"):
        return -mpf(1) / 3
    t = sqrt(z)
    return (atan(t) - t) / (t * z)


if __name__ == "__main__":
    for single in (False, True):
        print("float32" if single else "float64")
        show("exp: (e^r - 1 - r) / r^2", EXP, -half_log2, half_log2, 5 if single else 10, single)
        show("log: (log((1+s)/(1-s)) - 2s) / s^3 in s^2", LOG, 0, s2, 3 if single else 6, single)
    show("sin: (sin r - r) / r^3 in r^2", SIN, 0, q, 6)
    show("cos: (cos r - 1 + r^2/2) / r^4 in r^2", COS, 0, q, 6)
    show("atan: (atan t - t) / t^3 in t^2", ATAN, 0, mpf("0.1920"), 11)
    show("log for pow", LOG, 0, s2, 9)
    for name, value, parts in (
        ("ln2", log(mpf(2)), 2),
        ("pi/2", pi / 2, 4),
        ("pi/4", pi / 4, 2),
        ("atan(1/2)", atan(mpf(1) / 2), 2),
        ("atan(3/2)", atan(mpf(3) / 2), 2),
        ("2/3", mpf(2) / 3, 2),
        ("2/5", mpf(2) / 5, 2),
        ("1/ln2", 1 / log(mpf(2)), 1),
        ("2/pi", 2 / pi, 1),
    ):
        rest, out = value, []
        for _ in range(parts):
            d = float(rest)
            out.append(d.hex())
            rest -= mpf(d)
        print("//", name, " ".join(out))
    ln2 = log(mpf(2))
    h = mpf(int(ln2 * 2**32)) / 2**32
    print("// ln2 in 32 bits", float(h).hex(), float(ln2 - h).hex())
    h = as32(mpf(int(ln2 * 2**16)) / 2**16)
    print("// ln2 in 16 bits", h.hex(), as32(ln2 - mpf(h)).hex())
    h = as32(ln2)
    print("// ln2 float", h.hex(), as32(ln2 - mpf(h)).hex(), "1/ln2", as32(1 / ln2).hex())
    mp.dps = 420
    words = int(mp.floor(2 / mp.pi * mpf(2) ** 1280))
    print("// 2/pi words")
    print(",".join(hex((words >> (1280 - 64 * (i + 1))) & (2**64 - 1)) for i in range(20)))
