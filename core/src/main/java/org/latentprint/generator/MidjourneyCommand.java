package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A line as Midjourney records it: addresses of pictures, the prompt, parameters that begin with two hyphens, and the job's
 * number. Form and names: Midjourney's parameter list (docs.midjourney.com), and public readers of its files.
 *
 * @param recorded the line without the job's number
 * @param prompt the words between the addresses and the parameters
 * @param pictures addresses that stand before the words
 * @param parameters in their order
 * @param job the job's number, a UUID
 * @param cut whether there were more parameters than are read
 */
record MidjourneyCommand(
        String recorded,
        String prompt,
        List<String> pictures,
        List<Parameter> parameters,
        Optional<String> job,
        boolean cut) {

    /**
     * One parameter.
     *
     * @param name in lower case, without the hyphens, such as {@code ar}
     * @param value as recorded; empty for a switch
     */
    record Parameter(String name, String value) {

        /** Returns the addresses of pictures among the value's words. */
        List<String> pictures() {
            return words(value).stream()
                    .map(word -> word.of(value))
                    .flatMap(word -> address(word).stream())
                    .toList();
        }
    }

    /** There are some forty parameters; each may be given a few times. */
    static final int MAX_PARAMETERS = 200;

    /** The service takes some thousand characters; addresses of pictures are long. */
    static final int MAX_LENGTH = 100_000;

    static final String JOB = "Job ID:";
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /**
     * Parameters that the service's pages name, for pictures and for films. A line with a job's number needs none of them: its
     * first word with two hyphens begins the parameters.
     */
    private static final Set<String> KNOWN =
            set("ar aspect bs c chaos cref cw draft dref end exp fast iw loop motion niji no"
                    + " oref ow p personalize profile q quality r raw relax repeat s seed sref stop style stylize sv sw tile turbo v"
                    + " version video w weird");

    private static final Pattern VERSION_NUMBER = Pattern.compile("\\d{1,2}(\\.\\d{1,2})?");

    /** Parameters that options of other programs are not mistaken for. */
    private static final Set<String> TELLING =
            set("ar aspect chaos cref iw no oref personalize profile quality raw s seed sref"
                    + " style stylize tile weird");

    MidjourneyCommand {
        pictures = List.copyOf(pictures);
        parameters = List.copyOf(parameters);
    }

    /** A run of characters between blanks. */
    private record Word(int start, int end) {
        String of(String text) {
            return text.substring(start, end);
        }
    }

    /** Reads a line; empty where it has neither a job's number at its end nor a known parameter. */
    static Optional<MidjourneyCommand> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String line = text.strip();
        int jobAt = line.lastIndexOf(JOB);
        Optional<String> job = jobAt < 0 || (jobAt > 0 && !Character.isWhitespace(line.charAt(jobAt - 1)))
                ? Optional.empty()
                : Optional.of(line.substring(jobAt + JOB.length()).strip())
                        .filter(number -> UUID.matcher(number).matches());
        String recorded = job.isPresent() ? line.substring(0, jobAt).strip() : line;
        List<Word> words = words(recorded);
        int firstParameter = 0;
        while (firstParameter < words.size()
                && !begins(words.get(firstParameter).of(recorded), job.isPresent())) {
            firstParameter++;
        }
        if (job.isEmpty() && firstParameter == words.size()) {
            return Optional.empty();
        }
        List<String> pictures = new ArrayList<>();
        int firstWord = 0;
        while (firstWord < firstParameter) {
            Optional<String> address = address(words.get(firstWord).of(recorded));
            if (address.isEmpty()) {
                break;
            }
            pictures.add(address.get());
            firstWord++;
        }
        String prompt = between(recorded, words, firstWord, firstParameter);
        List<Parameter> parameters = new ArrayList<>();
        boolean cut = parameters(recorded, words, firstParameter, parameters);
        return Optional.of(new MidjourneyCommand(recorded, prompt, pictures, parameters, job, cut));
    }

    private static boolean begins(String word, boolean numbered) {
        return parameterName(word)
                .filter(name -> KNOWN.contains(name) || (numbered && word.startsWith("--")))
                .isPresent();
    }

    /** Returns the first value of a parameter. */
    Optional<String> value(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    /** Says whether the line has a parameter that is known. */
    boolean hasKnown() {
        return parameters.stream().map(Parameter::name).anyMatch(KNOWN::contains);
    }

    /** Says whether the parameters name a version of the service's model and one thing more, as its own lines do. */
    boolean namesVersion() {
        boolean version = parameters.stream().anyMatch(MidjourneyCommand::isVersion);
        return version && parameters.stream().map(Parameter::name).anyMatch(TELLING::contains);
    }

    private static boolean isVersion(Parameter parameter) {
        boolean number = VERSION_NUMBER.matcher(parameter.value()).matches();
        return switch (parameter.name()) {
            case "v", "version" -> number;
            case "niji" -> number || parameter.value().isEmpty();
            default -> false;
        };
    }

    /** Says whether the service knows the parameter. */
    static boolean isKnown(Parameter parameter) {
        return KNOWN.contains(parameter.name());
    }

    /** Returns the addresses among the prompt's words. */
    List<String> picturesWithin() {
        return new Parameter("", prompt).pictures();
    }

    private static boolean parameters(String line, List<Word> words, int from, List<Parameter> parameters) {
        int at = from;
        while (at < words.size()) {
            if (parameters.size() == MAX_PARAMETERS) {
                return true;
            }
            String name = parameterName(words.get(at).of(line)).orElse("");
            int next = at + 1;
            while (next < words.size()
                    && parameterName(words.get(next).of(line)).isEmpty()) {
                next++;
            }
            parameters.add(new Parameter(name, between(line, words, at + 1, next)));
            at = next;
        }
        return false;
    }

    private static String between(String line, List<Word> words, int from, int to) {
        return from >= to
                ? ""
                : line.substring(words.get(from).start(), words.get(to - 1).end());
    }

    /** Returns the name where a word is a parameter; phones make one long dash of the two hyphens. */
    private static Optional<String> parameterName(String word) {
        String name = word.startsWith("--") ? word.substring(2) : word.startsWith("\u2014") ? word.substring(1) : "";
        return !name.isEmpty() && name.chars().allMatch(letter -> letter < 0x80 && Character.isLetter(letter))
                ? Optional.of(name.toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /** Returns the address of a picture without the brackets and the weight that may stand around it. */
    private static Optional<String> address(String word) {
        String address = word.startsWith("<") ? word.substring(1) : word;
        if (!address.startsWith("https://") && !address.startsWith("http://")) {
            return Optional.empty();
        }
        int weight = address.indexOf("::");
        address = weight < 0 ? address : address.substring(0, weight);
        return Optional.of(address.endsWith(">") ? address.substring(0, address.length() - 1) : address);
    }

    private static Set<String> set(String names) {
        return Set.of(names.split(" "));
    }

    private static List<Word> words(String line) {
        List<Word> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= line.length(); i++) {
            boolean blank = i == line.length() || Character.isWhitespace(line.charAt(i));
            if (blank && start >= 0) {
                words.add(new Word(start, i));
                start = -1;
            } else if (!blank && start < 0) {
                start = i;
            }
        }
        return words;
    }
}
