package org.latentprint.scan;

import java.util.ArrayList;
import java.util.List;
import org.latentprint.casefile.ItemFindings;
import org.latentprint.container.MetadataBlock;
import org.latentprint.fingerprint.BatchDigester;
import org.latentprint.fingerprint.Digests;
import org.latentprint.generator.Generation;

/** What a worker has of a stretch and has not handed over yet; digests items together before it does. Of one thread. */
final class StretchResults {
    /** Results that hold more text than this are handed over before the stretch's end. */
    private static final long MAX_WEIGHT = 8L << 20;

    private final long number;
    private final OrderedHandover<List<ItemFindings>> handover;
    private final BatchDigester digester;
    private final long maxBytes;
    private List<Examined> results = new ArrayList<>();
    private long weight;
    private long bytes;

    /**
     * Begins a stretch.
     *
     * @param maxBytes how many bytes of items may wait to be digested
     */
    StretchResults(long number, OrderedHandover<List<ItemFindings>> handover, BatchDigester digester, long maxBytes) {
        this.number = number;
        this.handover = handover;
        this.digester = digester;
        this.maxBytes = maxBytes;
    }

    /** Adds what the next item or member gave. */
    void add(Examined examined) throws InterruptedException {
        results.add(examined);
        weight += weight(examined.findings());
        bytes += examined.bytes();
        if (weight > MAX_WEIGHT) {
            handover.putPart(number, digested(), weight);
            results = new ArrayList<>();
            weight = 0;
        } else if (bytes >= maxBytes) {
            results =
                    new ArrayList<>(digested().stream().map(Examined::complete).toList());
        }
    }

    /** Hands over what is left; the stretch has ended. */
    void end() throws InterruptedException {
        handover.put(number, digested(), weight);
    }

    private List<ItemFindings> digested() {
        List<byte[]> undigested =
                results.stream().flatMap(each -> each.undigested().stream()).toList();
        List<Digests> digests = digester.compute(undigested);
        List<ItemFindings> complete = new ArrayList<>(results.size());
        int next = 0;
        for (Examined each : results) {
            complete.add(
                    each.undigested().isPresent() ? each.findings().withDigests(digests.get(next++)) : each.findings());
        }
        bytes = 0;
        return complete;
    }

    /** Two bytes for each character of the texts that findings hold on to; the rest is small. */
    private static long weight(ItemFindings findings) {
        long characters = 0;
        for (MetadataBlock block :
                findings.metadata().map(found -> found.blocks()).orElse(List.of())) {
            characters += block.textOrEmpty().length();
        }
        for (Generation generation : findings.generations()) {
            characters += generation.positivePrompt().map(String::length).orElse(0);
            characters += generation.negativePrompt().map(String::length).orElse(0);
        }
        return 2 * characters + 1_024;
    }
}
