package org.latentprint.damage;

import java.util.Map;
import java.util.SortedMap;

/**
 * Cuts every fixture at every length, the samples beside the repository likewise, and sets bytes at random in all of them.
 *
 * <p>Usage: {@code DamageBench FLIPS SEED}, with the number of files to be damaged by flips in all
 */
final class DamageBench {
    /** Behind this length, files are cut at steps. */
    private static final int WHOLE = 16 << 10;

    /** Steps behind it. */
    private static final int STEPS = 2_000;

    private DamageBench() {}

    public static void main(String[] arguments) throws Exception {
        int flips = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        SortedMap<String, byte[]> files = Intact.fixtures();
        files.putAll(Intact.samples());
        Damage damage = new Damage();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] bytes = file.getValue();
            damage.cut(file.getKey(), bytes, WHOLE, Math.max(1, (bytes.length - WHOLE) / STEPS));
        }
        System.out.println(files.size() + " files cut: " + damage.summary());
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            damage.flip(file.getKey(), file.getValue(), Math.ceilDiv(flips, files.size()), seed);
        }
        System.out.println(files.size() + " files cut and flipped: " + damage.summary());
        damage.faults().forEach(System.out::println);
        System.exit(damage.faults().isEmpty() ? 0 : 1);
    }
}
