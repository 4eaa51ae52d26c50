package org.latentprint.generator;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The code by which China's label for generated content names who made it: {@code 0011}, the unified social credit code of a
 * Chinese legal person, and up to five characters of the service. Form as seen in published labels of several services; the
 * practice guide on providers' codes (TC260) itself was not at hand. The credit code: GB 32100-2015, whose check character
 * (weights 3 to the power of the place, modulo 31) must fit here.
 */
final class AigcProducer {
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int LENGTH = 18;
    private static final Pattern CODE = Pattern.compile("0011([0-9A-HJ-NP-RTUWXY]{" + LENGTH + "})[0-9A-Z]{0,5}");

    private AigcProducer() {}

    /** Returns the legal person's code, where the producer is recorded by one. */
    static Optional<String> creditCode(String producer) {
        Matcher matcher = CODE.matcher(producer.strip());
        return matcher.matches() ? Optional.of(matcher.group(1)).filter(AigcProducer::checks) : Optional.empty();
    }

    private static boolean checks(String code) {
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < LENGTH - 1; i++) {
            sum += ALPHABET.indexOf(code.charAt(i)) * weight;
            weight = weight * 3 % ALPHABET.length();
        }
        int check = (ALPHABET.length() - sum % ALPHABET.length()) % ALPHABET.length();
        return ALPHABET.charAt(check) == code.charAt(LENGTH - 1);
    }
}
