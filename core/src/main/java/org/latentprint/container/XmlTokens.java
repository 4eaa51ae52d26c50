package org.latentprint.container;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Cuts an XML text in an encoding that keeps ASCII (UTF-8, Latin-1) into its tokens with their places. Nothing is fetched,
 * no entity is replaced, a document type is stepped over whole; whether tags fit together is not looked at. Each byte is
 * looked at a few times at most. Source: XML 1.0, fifth edition, sections 2 and 3.1.
 */
final class XmlTokens {
    /** Kinds of tokens. */
    enum Kind {
        START,
        /** A start and its end in one: {@code <a/>}. */
        EMPTY,
        END,
        TEXT,
        CDATA,
        COMMENT,
        INSTRUCTION,
        DOCTYPE
    }

    /**
     * A token.
     *
     * @param name of an element or instruction, else empty
     * @param start of the whole token
     * @param contentStart behind its opening signs; for a tag, behind its name
     * @param contentEnd before its closing signs
     * @param end behind the token
     */
    record Token(Kind kind, String name, int start, int contentStart, int contentEnd, int end) {

        /** Returns the element's name without a prefix. */
        String localName() {
            return name.substring(name.indexOf(':') + 1);
        }
    }

    /** Names are short; what is longer is no name that is looked for. */
    private static final int MAX_NAME = 100;

    private final byte[] bytes;
    private int at;

    XmlTokens(byte[] bytes, int start) {
        this.bytes = bytes;
        this.at = start;
    }

    /** Returns the next token; empty at the end, or where one is not closed. */
    Optional<Token> next() {
        if (at >= bytes.length) {
            return Optional.empty();
        }
        int start = at;
        if (bytes[at] != '<') {
            int end = find("<", at);
            at = end < 0 ? bytes.length : end;
            return Optional.of(new Token(Kind.TEXT, "", start, start, at, at));
        }
        if (matches("<!--", at)) {
            return closed(Kind.COMMENT, "", start + 4, "-->");
        }
        if (matches("<![CDATA[", at)) {
            return closed(Kind.CDATA, "", start + 9, "]]>");
        }
        if (matches("<?", at)) {
            String name = name(start + 2);
            return closed(Kind.INSTRUCTION, name, start + 2 + name.length(), "?>");
        }
        if (matches("<!", at)) {
            return doctype();
        }
        boolean ends = matches("</", at);
        String name = name(start + (ends ? 2 : 1));
        int behindName = start + (ends ? 2 : 1) + name.length();
        int close = tagEnd(behindName);
        if (close < 0) {
            return Optional.empty();
        }
        at = close + 1;
        boolean empty = !ends && close > behindName && bytes[close - 1] == '/';
        Kind kind = ends ? Kind.END : empty ? Kind.EMPTY : Kind.START;
        return Optional.of(new Token(kind, name, start, behindName, empty ? close - 1 : close, at));
    }

    /** Returns where the next token begins: at the end of the bytes, or where one is not closed. */
    int position() {
        return at;
    }

    /** Returns an attribute's value as it is written, without quotation marks; empty where the tag has none of that name. */
    Optional<String> attribute(Token tag, String name) {
        int from = tag.contentStart();
        while (from < tag.contentEnd()) {
            int equals = from;
            while (equals < tag.contentEnd() && bytes[equals] != '=') {
                equals++;
            }
            int open = equals + 1;
            while (open < tag.contentEnd() && isSpace(bytes[open])) {
                open++;
            }
            if (open >= tag.contentEnd() || (bytes[open] != '"' && bytes[open] != '\'')) {
                return Optional.empty();
            }
            int close = open + 1;
            while (close < tag.contentEnd() && bytes[close] != bytes[open]) {
                close++;
            }
            if (name.equals(text(from, equals).strip())) {
                return Optional.of(text(open + 1, close));
            }
            from = close + 1;
        }
        return Optional.empty();
    }

    private Optional<Token> closed(Kind kind, String name, int contentStart, String close) {
        int end = find(close, contentStart);
        if (end < 0) {
            return Optional.empty();
        }
        int start = at;
        at = end + close.length();
        return Optional.of(new Token(kind, name, start, contentStart, end, at));
    }

    /** Steps over a document type, with the declarations in its brackets. */
    private Optional<Token> doctype() {
        int start = at;
        int depth = 0;
        byte quote = 0;
        for (int i = start + 2; i < bytes.length; i++) {
            byte each = bytes[i];
            if (quote != 0) {
                quote = each == quote ? 0 : quote;
            } else if (each == '<' && matches("<!--", i)) {
                int end = find("-->", i + 4);
                if (end < 0) {
                    return Optional.empty();
                }
                i = end + 2;
            } else if (each == '"' || each == '\'') {
                quote = each;
            } else if (each == '[') {
                depth++;
            } else if (each == ']') {
                depth--;
            } else if (each == '>' && depth <= 0) {
                at = i + 1;
                return Optional.of(new Token(Kind.DOCTYPE, "", start, start + 2, i, at));
            }
        }
        return Optional.empty();
    }

    private int tagEnd(int from) {
        byte quote = 0;
        for (int i = from; i < bytes.length; i++) {
            byte each = bytes[i];
            if (quote != 0) {
                quote = each == quote ? 0 : quote;
            } else if (each == '"' || each == '\'') {
                quote = each;
            } else if (each == '>') {
                return i;
            }
        }
        return -1;
    }

    private String name(int from) {
        int end = from;
        while (end < bytes.length && end - from < MAX_NAME && isName(bytes[end])) {
            end++;
        }
        return text(from, end);
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private int find(String signs, int from) {
        for (int i = from; i <= bytes.length - signs.length(); i++) {
            if (bytes[i] == signs.charAt(0) && matches(signs, i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean matches(String signs, int from) {
        if (signs.length() > bytes.length - from) {
            return false;
        }
        for (int i = 0; i < signs.length(); i++) {
            if (bytes[from + i] != signs.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isName(byte each) {
        return each < 0
                || (each >= 'a' && each <= 'z')
                || (each >= 'A' && each <= 'Z')
                || (each >= '0' && each <= '9')
                || each == ':'
                || each == '_'
                || each == '-'
                || each == '.';
    }

    private static boolean isSpace(byte each) {
        return each == ' ' || each == '\t' || each == '\n' || each == '\r';
    }
}
