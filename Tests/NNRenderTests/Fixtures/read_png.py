"""Prints the pixels of a PNG on standard input as `WxH r,g,b r,g,b …`, checking its checksums."""
import struct
import sys
import zlib

data = sys.stdin.buffer.read()
assert data[:8] == b"\x89PNG\r\n\x1a\n"
place, chunks = 8, {}
while place < len(data):
    (size,) = struct.unpack(">I", data[place : place + 4])
    name = data[place + 4 : place + 8]
    body = data[place + 8 : place + 8 + size]
    (crc,) = struct.unpack(">I", data[place + 8 + size : place + 12 + size])
    assert crc == zlib.crc32(name + body), name
    chunks[name] = body
    place += 12 + size
width, height, depth, kind = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
assert depth == 8
per = {0: 1, 2: 3, 3: 1}[kind]
raw = zlib.decompress(chunks[b"IDAT"])
stride = width * per
rows, above = [], bytes(stride)
for y in range(height):
    how, line = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1 : (y + 1) * (stride + 1)])
    for x in range(stride):
        a = line[x - per] if x >= per else 0
        b = above[x]
        c = above[x - per] if x >= per else 0
        p = a + b - c
        paeth = min((abs(p - v), i, v) for i, v in enumerate((a, b, c)))[2]
        line[x] = (line[x] + [0, a, b, (a + b) // 2, paeth][how]) & 255
    rows.append(bytes(line))
    above = rows[-1]
pixels = []
for row in rows:
    for x in range(width):
        v = row[x * per : (x + 1) * per]
        if kind == 3:
            v = chunks[b"PLTE"][3 * v[0] : 3 * v[0] + 3]
        pixels.append(",".join(map(str, v if len(v) == 3 else v * 3)))
print(f"{width}x{height}", *pixels)
