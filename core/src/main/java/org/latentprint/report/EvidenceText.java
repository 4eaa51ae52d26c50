package org.latentprint.report;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Text that comes from the evidence, ready to be shown. What the eye cannot see, or what changes the order of what it sees,
 * stands as a marked escape such as ⟨U+202E⟩, so that a file name cannot show itself as another. A template can print
 * evidence only through this class; a plain string in its place is a compile error there.
 *
 * <p>Each text is isolated by {@code <bdi>}, so that right-to-left writing does not reorder the words around it. The escapes
 * stand in an element of their own: a text that merely contains the characters "⟨U+202E⟩" is printed without the mark.
 *
 * @param runs what is printed, in order
 * @param isCut whether the evidence holds more than is shown
 */
public record EvidenceText(List<Run> runs, boolean isCut) implements Content {

    private static final int VARIATION_SELECTOR_FIRST = 0xFE00;
    private static final int VARIATION_SELECTOR_LAST = 0xFE0F;
    private static final int VARIATION_SUPPLEMENT_FIRST = 0xE0100;
    private static final int VARIATION_SUPPLEMENT_LAST = 0xE01EF;
    private static final int IDEOGRAPHIC_SPACE = 0x3000;

    public EvidenceText {
        runs = List.copyOf(runs);
    }

    /**
     * A piece of the text.
     *
     * @param text what to print
     * @param escape whether it stands for a character that cannot be shown itself
     */
    public record Run(String text, boolean escape) {}

    /** Returns the whole of a short text, such as a path; line breaks and tabs are shown as escapes, too. */
    public static EvidenceText line(String text) {
        return line(text, ReportLimits.SHORT_TEXT);
    }

    /** Returns the first {@code limit} printed characters of a text on one line. */
    public static EvidenceText line(String text, int limit) {
        return read(text, limit, false);
    }

    /** Returns the first {@code limit} printed characters of a text that keeps its line breaks and tabs. */
    public static EvidenceText block(String text, int limit) {
        return read(text, limit, true);
    }

    /** Returns how many characters are printed, the escapes spelled out. */
    public int printedLength() {
        return runs.stream().mapToInt(run -> run.text().length()).sum();
    }

    /** Returns what is printed as plain text, without the marks. */
    public String plain() {
        StringBuilder plain = new StringBuilder();
        runs.forEach(run -> plain.append(run.text()));
        return isCut() ? plain.append(" […]").toString() : plain.toString();
    }

    @Override
    public void writeTo(TemplateOutput output) {
        output.writeContent("<bdi>");
        for (Run run : runs) {
            if (run.escape()) {
                output.writeContent("<span class=\"esc\">");
                output.writeUserContent(run.text());
                output.writeContent("</span>");
            } else {
                output.writeUserContent(run.text());
            }
        }
        output.writeContent("</bdi>");
        if (isCut()) {
            output.writeContent(" <span class=\"cut\">[…]</span>");
        }
    }

    private static EvidenceText read(String text, int limit, boolean keepLayout) {
        List<Run> runs = new ArrayList<>();
        StringBuilder shown = new StringBuilder();
        int printed = 0;
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            boolean layout = keepLayout && (point == '\n' || point == '\t');
            String spelled = layout || isVisible(point)
                    ? Character.toString(point)
                    : String.format(Locale.ROOT, "⟨U+%04X⟩", point);
            if (printed + spelled.length() > limit) {
                break;
            }
            if (layout || isVisible(point)) {
                shown.append(spelled);
            } else {
                addShown(runs, shown);
                runs.add(new Run(spelled, true));
            }
            printed += spelled.length();
            at += Character.charCount(point);
        }
        addShown(runs, shown);
        return new EvidenceText(runs, at < text.length());
    }

    private static void addShown(List<Run> runs, StringBuilder shown) {
        if (!shown.isEmpty()) {
            runs.add(new Run(shown.toString(), false));
            shown.setLength(0);
        }
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            // A space of another width than usual tells two names apart that look the same; the ideographic one is
            // ordinary in Japanese and Chinese prompts and wide enough to be seen.
            case Character.SPACE_SEPARATOR -> point == ' ' || point == IDEOGRAPHIC_SPACE;
            default -> !isBlankLetter(point) && !isVariationSelector(point);
        };
    }

    /** Letters by their class that print nothing: Hangul fillers, the grapheme joiner, Khmer inherent vowels, empty Braille. */
    private static boolean isBlankLetter(int point) {
        return switch (point) {
            case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x034F, 0x17B4, 0x17B5, 0x2800 -> true;
            default -> false;
        };
    }

    /** Selectors print nothing, and a series of them can carry hidden data. */
    private static boolean isVariationSelector(int point) {
        return (point >= VARIATION_SELECTOR_FIRST && point <= VARIATION_SELECTOR_LAST)
                || (point >= VARIATION_SUPPLEMENT_FIRST && point <= VARIATION_SUPPLEMENT_LAST);
    }
}
