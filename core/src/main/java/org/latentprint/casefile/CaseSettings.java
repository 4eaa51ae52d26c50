package org.latentprint.casefile;

import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/**
 * What the examiner typed in about a case. Everything but the profile may be missing; reports then print "not given".
 *
 * @param caseNumber of the agency
 * @param examiner who works on it
 * @param laboratory name and address
 * @param purpose what is to be found out
 * @param authority on what legal ground, such as a warrant's number
 * @param profile how much of each item is read
 */
public record CaseSettings(
        Optional<String> caseNumber,
        Optional<String> examiner,
        Optional<String> laboratory,
        Optional<String> purpose,
        Optional<String> authority,
        Profile profile) {

    /** Nothing given, everything read. */
    public static final CaseSettings DEFAULT = new CaseSettings(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Profile.FULL);

    /** Returns the settings as a TOML file; what was not given has no line. */
    public String toToml() {
        StringBuilder toml = new StringBuilder("[case]\n");
        line(toml, "number", caseNumber);
        line(toml, "examiner", examiner);
        line(toml, "laboratory", laboratory);
        line(toml, "purpose", purpose);
        line(toml, "authority", authority);
        toml.append("\n[scan]\n");
        line(toml, "profile", Optional.of(profile.word()));
        return toml.toString();
    }

    /**
     * Reads what {@link #toToml} wrote.
     *
     * @throws CaseException where it is no TOML, or a value is not one of those allowed
     */
    public static CaseSettings fromToml(String text) throws CaseException {
        TomlParseResult toml = Toml.parse(text);
        if (toml.hasErrors()) {
            throw new CaseException("settings.toml cannot be read: "
                    + toml.errors().getFirst() + "; correct the line or delete the file to use the defaults");
        }
        try {
            String profile = given(toml, "scan.profile").orElse(DEFAULT.profile.word());
            return new CaseSettings(
                    given(toml, "case.number"),
                    given(toml, "case.examiner"),
                    given(toml, "case.laboratory"),
                    given(toml, "case.purpose"),
                    given(toml, "case.authority"),
                    Profile.ofWord(profile)
                            .orElseThrow(() -> new CaseException("settings.toml: scan.profile is \"" + profile
                                    + "\"; write \"full\" or \"triage\"")));
        } catch (org.tomlj.TomlInvalidTypeException wrongType) {
            throw new CaseException(
                    "settings.toml: " + wrongType.getMessage() + "; write a text in quotation marks", wrongType);
        }
    }

    private static Optional<String> given(TomlParseResult toml, String key) {
        return Optional.ofNullable(toml.getString(key));
    }

    private static void line(StringBuilder toml, String key, Optional<String> value) {
        value.ifPresent(text -> {
            toml.append(key).append(" = \"");
            text.codePoints().forEach(c -> escape(toml, c));
            toml.append("\"\n");
        });
    }

    /** A basic string of TOML 1.0 takes anything but the quotation mark, the backslash and control characters. */
    private static void escape(StringBuilder toml, int codePoint) {
        if (codePoint == '"' || codePoint == '\\') {
            toml.append('\\').appendCodePoint(codePoint);
        } else if (codePoint < 0x20 || codePoint == 0x7f) {
            toml.append("\\u00")
                    .append(Character.forDigit(codePoint >> 4, 16))
                    .append(Character.forDigit(codePoint & 15, 16));
        } else if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            toml.append('\ufffd');
        } else {
            toml.appendCodePoint(codePoint);
        }
    }
}
