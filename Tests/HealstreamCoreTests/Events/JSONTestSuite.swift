import Testing

/// The kinds of input of the JSON Parsing Test Suite (nst/JSONTestSuite, test_parsing), named as there: `y_` must be accepted, `n_`
/// refused. Where RFC 8259 leaves a choice (`i_`), invalid UTF-8, lone surrogates, byte order marks and deep nesting are refused,
/// and numbers of any size are passed over.
enum JSONTestSuite {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let isAccepted: Bool

    var testDescription: String { name }

    /// - Parameter text: with bytes that are no UTF-8 between ⟨ and ⟩, in hexadecimal.
    init(_ name: String, _ text: String, isAccepted: Bool? = nil) {
      self.name = name
      self.bytes = Self.bytes(text)
      self.isAccepted = isAccepted ?? name.hasPrefix("y_")
    }

    private static func bytes(_ text: String) -> [UInt8] {
      var bytes: [UInt8] = []
      for part in text.split(separator: "⟨", omittingEmptySubsequences: false) {
        let halves = part.split(separator: "⟩", omittingEmptySubsequences: false)
        for digits in halves.dropLast().joined().split(separator: " ") { bytes.append(UInt8(digits, radix: 16)!) }
        bytes.append(contentsOf: halves.last!.utf8)
      }
      return bytes
    }
  }

  static let cases =
    arrays + numbers + badNumbers + objects + strings + badStrings + structures + badStructures + choices

  static let arrays = [
    Case("y_array_arraysWithSpaces", "[[]   ]"),
    Case("y_array_empty", "[]"),
    Case("y_array_empty-string", #"[""]"#),
    Case("y_array_ending_with_newline", "[\"a\"]\n"),
    Case("y_array_false", "[false]"),
    Case("y_array_heterogeneous", #"[null, 1, "1", {}]"#),
    Case("y_array_null", "[null]"),
    Case("y_array_with_1_and_newline", "[1\n]"),
    Case("y_array_with_leading_space", " [1]"),
    Case("y_array_with_several_null", "[1,null,null,null,2]"),
    Case("y_array_with_trailing_space", "[2] "),
    Case("n_array_1_true_without_comma", "[1 true]"),
    Case("n_array_a_invalid_utf8", "[a⟨e5⟩]"),
    Case("n_array_colon_instead_of_comma", #"["": 1]"#),
    Case("n_array_comma_after_close", #"[""],"#),
    Case("n_array_comma_and_number", "[,1]"),
    Case("n_array_double_comma", "[1,,2]"),
    Case("n_array_double_extra_comma", #"["x",,]"#),
    Case("n_array_extra_close", #"["x"]]"#),
    Case("n_array_extra_comma", #"["",]"#),
    Case("n_array_incomplete", #"["x""#),
    Case("n_array_incomplete_invalid_value", "[x"),
    Case("n_array_inner_array_no_comma", "[3[4]]"),
    Case("n_array_invalid_utf8", "[⟨ff⟩]"),
    Case("n_array_items_separated_by_semicolon", "[1:2]"),
    Case("n_array_just_comma", "[,]"),
    Case("n_array_just_minus", "[-]"),
    Case("n_array_missing_value", #"[   , ""]"#),
    Case("n_array_newlines_unclosed", "[\"a\",\n4\n,1,"),
    Case("n_array_number_and_comma", "[1,]"),
    Case("n_array_number_and_several_commas", "[1,,]"),
    Case("n_array_spaces_vertical_tab_formfeed", "[\"\u{0B}a\"\\f]"),
    Case("n_array_star_inside", "[*]"),
    Case("n_array_unclosed", #"["""#),
    Case("n_array_unclosed_trailing_comma", "[1,"),
    Case("n_array_unclosed_with_new_lines", "[1,\n1\n,1"),
    Case("n_array_unclosed_with_object_inside", "[{}"),
  ]

  static let numbers = [
    "123e65", "0e+1", "0e1", " 4", "-0.000000000000000000000000000000000000000000000000000000000000000000000000000001",
    "20e1",
    "-0", "-123", "-1", "1E22", "1E-2", "1E+2", "123e45", "123.456e78", "1e-2", "1e+2", "123", "123.456789",
  ].map { Case("y_number \($0)", "[\($0)]") }

  static let badNumbers = [
    "++1234", "+1", "+Inf", "-01", "-1.0.", "-2.", "-NaN", ".-1", ".2e-3", "0.1.2", "0.3e+", "0.3e", "0.e1", "0E+",
    "0E",
    "0e+", "0e", "1.0e+", "1.0e-", "1.0e", "1 000.0", "1eE2", "2.e+3", "2.e-3", "2.e3", "9.e+", "Inf", "NaN",
    "\u{FF11}",
    "1+2", "0x1", "0x42", "Infinity", "0e+-1", "-123.123foo", "123⟨e5⟩", "1e1⟨e5⟩", "0⟨e5⟩", "-Infinity", "-foo", "- 1",
    "-012", "-.123", "-1x", "1ea", "1e⟨e5⟩", "1.", ".123", "1.2a-3", "1.8011670033376514H-308", "012", "00", "-", "1e",
    "1e+",
    "--1", "1.e1", "1E.2", "1..2", "1.2.3", "0b1", "1_000", "1,000.5.", "٣",
  ].map { Case("n_number \($0)", "[\($0)]") }

  static let objects = [
    Case("y_object", #"{"asd":"sdf", "dfg":"fgh"}"#),
    Case("y_object_basic", #"{"asd":"sdf"}"#),
    Case("y_object_duplicated_key", #"{"a":"b","a":"c"}"#),
    Case("y_object_duplicated_key_and_value", #"{"a":"b","a":"b"}"#),
    Case("y_object_empty", "{}"),
    Case("y_object_empty_key", #"{"":0}"#),
    Case("y_object_escaped_null_in_key", #"{"foo\u0000bar": 42}"#),
    Case("y_object_extreme_numbers", #"{ "min": -1.0e+28, "max": 1.0e+28 }"#),
    Case("y_object_long_strings", #"{"x":[{"id": "\#(String(repeating: "x", count: 40))"}], "id": "y"}"#),
    Case("y_object_simple", #"{"a":[]}"#),
    Case("y_object_string_unicode", #"{"title":"\u041f\u043e\u043b\u0442\u043e\u0440\u0430" }"#),
    Case("y_object_with_newlines", "{\n\"a\": \"b\"\n}"),
    Case("n_object_bad_value", #"["x", truth]"#),
    Case("n_object_bracket_key", #"{[: "x"}"#),
    Case("n_object_comma_instead_of_colon", #"{"x", null}"#),
    Case("n_object_double_colon", #"{"x"::"b"}"#),
    Case("n_object_emoji", "{\u{1F1E8}\u{1F1ED}}"),
    Case("n_object_garbage_at_end", #"{"a":"a" 123}"#),
    Case("n_object_key_with_single_quotes", "{key: 'value'}"),
    Case("n_object_lone_continuation_byte_in_key_and_trailing_comma", "{\"⟨b9⟩\":\"0\",}"),
    Case("n_object_missing_colon", #"{"a" b}"#),
    Case("n_object_missing_key", #"{:"b"}"#),
    Case("n_object_missing_semicolon", #"{"a" "b"}"#),
    Case("n_object_missing_value", #"{"a":"#),
    Case("n_object_no-colon", #"{"a""#),
    Case("n_object_non_string_key", "{1:1}"),
    Case("n_object_non_string_key_but_huge_number_instead", "{9999E9999:1}"),
    Case("n_object_repeated_null_null", "{null:null,null:null}"),
    Case("n_object_several_trailing_commas", #"{"id":0,,,,,}"#),
    Case("n_object_single_quote", "{'a':0}"),
    Case("n_object_trailing_comma", #"{"id":0,}"#),
    Case("n_object_trailing_comment", #"{"a":"b"}/**/"#),
    Case("n_object_trailing_comment_open", #"{"a":"b"}/**//"#),
    Case("n_object_trailing_comment_slash_open", #"{"a":"b"}//"#),
    Case("n_object_trailing_comment_slash_open_incomplete", #"{"a":"b"}/"#),
    Case("n_object_two_commas_in_a_row", #"{"a":"b",,"c":"d"}"#),
    Case("n_object_unquoted_key", #"{a: "b"}"#),
    Case("n_object_unterminated-value", #"{"a":"a"#),
    Case("n_object_with_single_string", #"{ "foo" : "bar", "a" }"#),
    Case("n_object_with_trailing_garbage", ##"{"a":"b"}#"##),
  ]

  static let strings = [
    ("1_2_3_bytes_UTF-8_sequences", #"\u0060\u012a\u12AB"#), ("accepted_surrogate_pair", #"\uD801\udc37"#),
    ("accepted_surrogate_pairs", #"\ud83d\ude39\ud83d\udc8d"#), ("allowed_escapes", #"\"\\\/\b\f\n\r\t"#),
    ("backslash_and_u_escaped_zero", #"\\u0000"#), ("backslash_doublequotes", #"\""#), ("comments", "a/*b*/c/*d//e"),
    ("double_escape_a", #"\\a"#), ("double_escape_n", #"\\n"#), ("escaped_control_character", #"\u0012"#),
    ("escaped_noncharacter", #"\uFFFF"#), ("in_array", "asd"), ("last_surrogates_1_and_2", #"\uDBFF\uDFFF"#),
    ("nbsp_uescaped", #"new\u00A0line"#), ("nonCharacterInUTF-8_U+10FFFF", "\u{10FFFF}"),
    ("nonCharacterInUTF-8_U+FFFF", "\u{FFFF}"), ("null_escape", #"\u0000"#), ("one-byte-utf-8", #"\u002c"#),
    ("pi", "π"),
    ("reservedCharacterInUTF-8_U+1BFFF", "\u{1BFFF}"), ("simple_ascii", "asd "), ("space", " "),
    ("surrogates_U+1D11E_MUSICAL_SYMBOL_G_CLEF", #"\uD834\uDd1e"#), ("three-byte-utf-8", #"\u0821"#),
    ("two-byte-utf-8", #"\u0123"#), ("u+2028_line_sep", "\u{2028}"), ("u+2029_par_sep", "\u{2029}"),
    ("uEscape", #"\u0061\u30af\u30EA\u30b9"#), ("uescaped_newline", #"new\u000Aline"#),
    ("unescaped_char_delete", "\u{7F}"),
    ("unicode", #"\uA66D"#), ("unicodeEscapedBackslash", #"\u005C"#), ("unicode_2", "⍂㈴⍂"),
    ("unicode_U+10FFFE_nonchar", #"\uDBFF\uDFFE"#), ("unicode_U+1FFFE_nonchar", #"\uD83F\uDFFE"#),
    ("unicode_U+200B_ZERO_WIDTH_SPACE", #"\u200B"#), ("unicode_U+2064_invisible_plus", #"\u2064"#),
    ("unicode_U+FDD0_nonchar", #"\uFDD0"#), ("unicode_U+FFFE_nonchar", #"\uFFFE"#),
    ("unicode_escaped_double_quote", #"\u0022"#), ("utf8", "€𝄞"), ("with_del_character", "a\u{7F}a"),
    ("first_of_each_length", "\u{80}\u{800}\u{10000}"), ("around_the_surrogates", "\u{D7FF}\u{E000}"),
  ].map { Case("y_string_\($0.0)", "[ \"\($0.1)\"]") }

  static let badStrings =
    [
      ("1_surrogate_then_escape", #"\uD800\"#), ("1_surrogate_then_escape_u", #"\uD800\u"#),
      ("1_surrogate_then_escape_u1", #"\uD800\u1"#), ("1_surrogate_then_escape_u1x", #"\uD800\u1x"#),
      ("backslash_00", "\\⟨00⟩"), ("escape_x", #"\x00"#), ("escaped_backslash_bad", #"\\\"#),
      ("escaped_ctrl_char_tab", "\\\t"), ("escaped_emoji", "\\🌀"), ("incomplete_escape", #"\"#),
      ("incomplete_escaped_character", #"\u00A"#), ("incomplete_surrogate", #"\uD834\uDd"#),
      ("incomplete_surrogate_escape_invalid", #"\uD800\uD800\x"#), ("invalid-utf-8-in-escape", "\\u⟨e5⟩"),
      ("invalid_backslash_esc", #"\a"#), ("invalid_unicode_escape", #"\uqqqq"#),
      ("invalid_utf8_after_escape", "\\⟨e5⟩"),
      ("unescaped_ctrl_char", "a⟨00⟩a"), ("unescaped_newline", "new\nline"), ("unescaped_tab", "\t"),
      ("unescaped_1F", "\u{1F}"), ("unicode_CapitalU", #"\UA66D"#), ("escaped_single_quote", #"\'"#),
      ("escape_sign", #"\u+123"#), ("escape_space", #"\u 123"#), ("escaped_u_with_full_width_digit", #"\u００００"#),
    ].map { Case("n_string_\($0.0)", "[\"\($0.1)\"]") } + [
      Case("n_string_accentuated_char_no_quotes", "[é]"),
      Case("n_string_leading_uescaped_thinspace", #"[\u0020"asd"]"#),
      Case("n_string_no_quotes_with_bad_escape", #"[\n]"#), Case("n_string_single_doublequote", "\""),
      Case("n_string_single_quote", "['single quote']"), Case("n_string_single_string_no_double_quotes", "abc"),
      Case("n_string_start_escape_unclosed", #"["\"#), Case("n_string_with_trailing_garbage", #""""x"#),
    ]

  static let structures = [
    ("lonely_false", "false"), ("lonely_int", "42"), ("lonely_negative_real", "-0.1"), ("lonely_null", "null"),
    ("lonely_string", #""asd""#), ("lonely_true", "true"), ("string_empty", #""""#), ("trailing_newline", "[\"a\"]\n"),
    ("true_in_array", "[true]"), ("whitespace_array", " [] "), ("all_whitespace", " \t\r\n[ \t\r\n] \t\r\n"),
    ("60_nested_arrays", String(repeating: "[", count: 60) + String(repeating: "]", count: 60)),
  ].map { Case("y_structure_\($0.0)", $0.1) }

  static let badStructures = [
    ("100000_opening_arrays", String(repeating: "[", count: 100_000)), ("U+2060_word_joined", "[\u{2060}]"),
    ("UTF8_BOM_no_data", "⟨ef bb bf⟩"), ("angle_bracket_.", "<.>"), ("angle_bracket_null", "[<null>]"),
    ("array_trailing_garbage", "[1]x"), ("array_with_extra_array_close", "[1]]"),
    ("array_with_unclosed_string", #"["asd]"#), ("ascii-unicode-identifier", "a\u{E5}"), ("capitalized_True", "[True]"),
    ("close_unopened_array", "1]"), ("comma_instead_of_closing_brace", #"{"x": true,"#), ("double_array", "[][]"),
    ("end_array", "]"), ("incomplete_UTF8_BOM", "⟨ef bb⟩{}"), ("lone-invalid-utf-8", "⟨e5⟩"),
    ("lone-open-bracket", "["),
    ("no_data", ""), ("null-byte-outside-string", "[⟨00⟩]"), ("number_with_trailing_garbage", "2@"),
    ("object_followed_by_closing_object", "{}}"), ("object_unclosed_no_value", #"{"":"#),
    ("object_with_comment", #"{"a":/*comment*/"b"}"#), ("object_with_trailing_garbage", #"{"a": true} "x""#),
    ("open_array_apostrophe", "['"), ("open_array_comma", "[,"),
    ("open_array_object", String(repeating: "[{\"\":", count: 50_000)),
    ("open_array_open_object", "[{"), ("open_array_open_string", #"["a"#), ("open_array_string", #"["a""#),
    ("open_object", "{"), ("open_object_close_array", "{]"), ("open_object_comma", "{,"),
    ("open_object_open_array", "{["),
    ("open_object_open_string", #"{"a"#), ("open_object_string_with_apostrophes", "{'a'"),
    ("open_open", #"["\{["\{["\{["\{"#), ("single_eacute", "⟨e9⟩"), ("single_star", "*"),
    ("trailing_#", ##"{"a":"b"}#{}"##),
    ("uescaped_LF_before_string", #"[\u000A""]"#), ("unclosed_array", "[1"),
    ("unclosed_array_partial_null", "[ false, nul"),
    ("unclosed_array_unfinished_false", "[ true, fals"), ("unclosed_array_unfinished_true", "[ false, tru"),
    ("unclosed_object", #"{"asd":"asd""#), ("unicode-identifier", "\u{E5}"),
    ("whitespace_U+2060_word_joiner", "⟨e2 81 a0⟩"),
    ("whitespace_formfeed", "[\u{0C}]"), ("whitespace_nbsp", "[\u{A0}]"), ("single_space", " "),
    ("multidigit_number_then_00", "123⟨00⟩"), ("incomplete_false", "[fals]"), ("incomplete_null", "[nul]"),
    ("incomplete_true", "[tru]"), ("literal_runs_on", "[nullx]"),
    ("65_nested_arrays", String(repeating: "[", count: 65) + String(repeating: "]", count: 65)),
    ("wrong_bracket", "[}"), ("wrong_bracket_in_object", #"{"a":1]"#), ("lone_comma", ","), ("lone_colon", ":"),
  ].map { Case("n_structure_\($0.0)", $0.1) }

  static let choices =
    [
      "123.456e-789",
      "0.4e00669999999999999999999999999999999999999999999999999999999999999999999999999999999999969999999006",
      "-1e+9999", "1.5e+9999", "-123123e100000", "123123e100000", "123e-10000000", "-123123123123123123123123123123",
      "100000000000000000000", "-237462374673276894279832749832423479823246327846",
    ].map { Case("i_number \($0)", "[\($0)]", isAccepted: true) }
    + [
      ("1st_surrogate_but_2nd_missing", #"\uDADA"#), ("1st_valid_surrogate_2nd_invalid", #"\uD888\u1234"#),
      ("UTF-8_invalid_sequence", "日ш⟨fa⟩"), ("UTF8_surrogate_U+D800", "⟨ed a0 80⟩"),
      ("incomplete_surrogate_and_escape_valid", #"\uD800\n"#), ("incomplete_surrogate_pair", #"\uDd1ea"#),
      ("incomplete_surrogates_escape_valid", #"\uD800\uD800\n"#), ("invalid_lonely_surrogate", #"\ud800"#),
      ("invalid_surrogate", #"\ud800abc"#), ("invalid_utf-8", "⟨ff⟩"),
      ("inverted_surrogates_U+1D11E", #"\uDd1e\uD834"#),
      ("iso_latin_1", "⟨e9⟩"), ("lone_second_surrogate", #"\uDFAA"#), ("lone_utf8_continuation_byte", "⟨81⟩"),
      ("not_in_unicode_range", "⟨f4 bf bf bf⟩"), ("just_above_unicode", "⟨f4 90 80 80⟩"), ("lead_F5", "⟨f5 80 80 80⟩"),
      ("overlong_sequence_2_bytes", "⟨c0 af⟩"), ("overlong_C1", "⟨c1 bf⟩"), ("overlong_3_bytes", "⟨e0 9f bf⟩"),
      ("overlong_4_bytes", "⟨f0 8f bf bf⟩"), ("overlong_sequence_6_bytes", "⟨fc 83 bf bf bf bf⟩"),
      ("overlong_sequence_6_bytes_null", "⟨fc 80 80 80 80 80⟩"), ("truncated-utf-8", "⟨e0 ff⟩"),
      ("truncated_2", "⟨c3⟩"),
      ("truncated_3", "⟨e2 82⟩"), ("truncated_4", "⟨f0 9d 84⟩"), ("last_surrogate", "⟨ed bf bf⟩"),
    ].map { Case("i_string_\($0.0)", "[\"\($0.1)\"]") } + [
      Case("i_object_key_lone_2nd_surrogate", #"{"\uDFAA":0}"#),
      Case("i_string_UTF-16LE_with_BOM", "⟨ff fe 5b 00 22 00 e9 00 22 00 5d 00⟩"),
      Case("i_string_utf16BE_no_BOM", "⟨00 5b 00 22 00 e9 00 22 00 5d⟩"),
      Case("i_string_utf16LE_no_BOM", "⟨5b 00 22 00 e9 00 22 00 5d 00⟩"),
      Case("i_structure_500_nested_arrays", String(repeating: "[", count: 500) + String(repeating: "]", count: 500)),
      Case("i_structure_UTF-8_BOM_empty_object", "⟨ef bb bf⟩{}"),
    ]
}
