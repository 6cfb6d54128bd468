extension SyntaxErrorRow {
  static let characters: [SyntaxErrorRow] = [
    SyntaxErrorRow(
      "unclosed string", #"x = "abc"#,
      "1:5-9", "this string is not closed on its line",
      hint: #"close it with its quote, or write """…""" for several lines"#),
    SyntaxErrorRow(
      "unclosed triple string", #"x = """abc"#,
      "1:5-11", "this string is never closed"),
    SyntaxErrorRow(
      "raw string", #"x = r"\d""#,
      "1:5-6", "nn has no strings with 'r' before the quote",
      hint: #"drop it, and write \\ for a backslash"#),
    SyntaxErrorRow(
      "unknown escape", #"x = "\d""#,
      "1:6-8", #"'\d' is no escape"#,
      hint: #"write \\d for a backslash before d"#),
    SyntaxErrorRow(
      "short escape", #"x = "\x4""#,
      "1:6-9", #"'\x4' needs 2 hexadecimal digits"#),
    SyntaxErrorRow(
      "no such character", #"x = "\ud800""#,
      "1:6-12", #"'\ud800' is no Unicode character"#),
    SyntaxErrorRow(
      "field of an f-string not closed", #"x = f"{x""#,
      "1:7-9", "this '{' is not closed in its f-string",
      hint: "close it with }, or write {{ for a brace; inside, use the other kind of quote"),
    SyntaxErrorRow(
      "empty field", #"x = f"{}""#,
      "1:7-9", "no expression between '{' and '}'",
      hint: "write {{ for a brace"),
    SyntaxErrorRow(
      "lone brace", #"x = f"a } b""#,
      "1:9-10", "a '}' without its '{' in an f-string",
      hint: "write }} for a brace"),
    SyntaxErrorRow(
      "two values in a field", #"x = f"{x y}""#,
      "1:10-11", "'y' follows a value with no operator between them"),
    SyntaxErrorRow(
      "wrong conversion", #"x = f"{x!q}""#,
      "1:9-11", "'!q' is no conversion",
      hint: "write !r, !s or !a"),
    SyntaxErrorRow(
      "hexadecimal number", "x = 0x1F",
      "1:5-9", "numbers are decimal, and 0x1F is not",
      hint: "write 31"),
    SyntaxErrorRow(
      "leading zeros", "x = 007",
      "1:5-8", "the number 007 begins with 0",
      hint: "write 7"),
    SyntaxErrorRow(
      "imaginary number", "x = 2j",
      "1:5-7", "nn has no complex numbers: 2j"),
    SyntaxErrorRow(
      "number and name", "x = 3px",
      "1:5-8", "3px is not a number",
      hint: "a name begins with a letter, and a product is written with *"),
    SyntaxErrorRow(
      "integer too large", "x = 9223372036854775808",
      "1:5-24", "the integer 9223372036854775808 is larger than 9223372036854775807",
      hint: "write it as a float: 9223372036854775808.0"),
    SyntaxErrorRow(
      "typographic quotes", "x = “a”",
      "1:5-6", "the character '“' can't stand here",
      hint: #"write ""#),
    SyntaxErrorRow(
      "typographic minus", "x = 3 − 2",
      "1:7-8", "the character '−' can't stand here",
      hint: "write -"),
    SyntaxErrorRow(
      "no-break space", "x =\u{A0}3",
      "1:4-5", "the invisible character U+00A0 can't stand here",
      hint: "write an ordinary space"),
    SyntaxErrorRow(
      "semicolon", "x = 3;",
      "1:6-7", "nn has no ';'",
      hint: "begin a new line; arguments are separated by ','"),
    SyntaxErrorRow(
      "dict", #"d = {"a": 1}"#,
      "1:5-6", "nn has no braces, so no dicts and sets",
      hint: "write a list, [a, b], or several names; blocks are indented"),
    SyntaxErrorRow(
      "and of C", "a && b",
      "1:3-5", "nn has no operator '&&'",
      hint: "write and"),
    SyntaxErrorRow(
      "not of C", "y = !x",
      "1:5-6", "nn has no operator '!'",
      hint: "write not"),
    SyntaxErrorRow(
      "increment", "x++",
      "1:2-4", "nn has no '++'",
      hint: "write x += 1"),
    SyntaxErrorRow(
      "walrus", "x := 3",
      "1:3-5", "nn has no operator ':='",
      hint: "assign on a line of its own"),
    SyntaxErrorRow(
      "strict equality", "x === 3",
      "1:3-6", "nn has no operator '==='",
      hint: "write =="),
    SyntaxErrorRow(
      "power assignment", "x **= 2",
      "1:3-6", "nn has no operator '**='",
      hint: "write x = x ** …"),
  ]
}
