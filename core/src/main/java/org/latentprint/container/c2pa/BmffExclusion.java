package org.latentprint.container.c2pa;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An entry of the list of boxes that a hash leaves out, and the boxes that it means. Source: C2PA Technical Specification
 * 2.x, "Hash Computation" of the BMFF-based hash; its {@code flags} are read as the specification says, most significant byte first.
 *
 * @param path the box's place: types from the outermost box inwards, each with the number among its like, or 0 for all
 * @param map the entry as recorded
 */
record BmffExclusion(List<Step> path, CborValue map) {
    /** The longest path in real manifests, to a film's chunk offsets, has six steps. */
    private static final int MAX_STEPS = 16;

    private static final int TYPE_LENGTH = 4;
    private static final int FLAGS_LENGTH = 3;

    /** Of the values that are compared; real ones have 16 bytes. */
    private static final int MAX_DATA = 1 << 10;

    /** One step of a path. */
    record Step(String type, int number) {}

    BmffExclusion {
        path = List.copyOf(path);
    }

    /**
     * Reads an entry.
     *
     * @return empty where its path is not of the form that the specification allows
     */
    static Optional<BmffExclusion> read(CborValue map) {
        String xpath = map.get("xpath").text().orElse("");
        if (!xpath.startsWith("/")) {
            return Optional.empty();
        }
        List<Step> steps = new ArrayList<>();
        for (String node : xpath.substring(1).split("/", MAX_STEPS + 1)) {
            Optional<Step> step = step(node);
            if (step.isEmpty() || steps.size() == MAX_STEPS) {
                return Optional.empty();
            }
            steps.add(step.get());
        }
        return Optional.of(new BmffExclusion(steps, map));
    }

    private static Optional<Step> step(String node) {
        if (node.length() == TYPE_LENGTH) {
            return Optional.of(new Step(node, 0));
        }
        boolean numbered = node.length() > TYPE_LENGTH + 2 && node.charAt(TYPE_LENGTH) == '[' && node.endsWith("]");
        String number = numbered ? node.substring(TYPE_LENGTH + 1, node.length() - 1) : "";
        return numbered && number.length() < 8 && number.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                ? Optional.of(new Step(node.substring(0, TYPE_LENGTH), Integer.parseInt(number)))
                : Optional.empty();
    }

    /** Returns the boxes that this entry means. */
    List<BmffBox> boxes(BmffTree tree, ItemBytes item, Budget budget) throws IOException, MalformedStoreException {
        budget.take(tree.roots().size());
        List<BmffBox> level = step(tree.roots(), path.getFirst());
        for (Step step : path.subList(1, path.size())) {
            List<BmffBox> inner = new ArrayList<>();
            for (BmffBox box : level) {
                List<BmffBox> children = tree.children(box);
                budget.take(children.size());
                inner.addAll(step(children, step));
            }
            level = inner;
        }
        List<BmffBox> found = new ArrayList<>();
        for (BmffBox box : level) {
            budget.take(1 + map.get("data").items().size());
            if (matches(box, item)) {
                found.add(box);
            }
        }
        return found;
    }

    private static List<BmffBox> step(List<BmffBox> boxes, Step step) {
        List<BmffBox> like =
                boxes.stream().filter(box -> box.type().equals(step.type())).toList();
        if (step.number() == 0) {
            return like;
        }
        return step.number() <= like.size() ? List.of(like.get(step.number() - 1)) : List.of();
    }

    private boolean matches(BmffBox box, ItemBytes item) throws IOException {
        Optional<Long> length = map.get("length").whole();
        Optional<Long> version = map.get("version").whole();
        Optional<byte[]> flags = map.get("flags").bytes();
        return length.filter(stated -> stated != box.length()).isEmpty()
                && (version.isEmpty() || (hasVersion(box) && item.u8(box.content()) == version.get()))
                && (flags.isEmpty() || (hasVersion(box) && flags(item, box, flags.get())))
                && data(item, box);
    }

    private static boolean hasVersion(BmffBox box) {
        return box.end() - box.content() > FLAGS_LENGTH;
    }

    private boolean flags(ItemBytes item, BmffBox box, byte[] stated) throws IOException {
        byte[] recorded = new byte[FLAGS_LENGTH];
        for (int i = 0; i < FLAGS_LENGTH; i++) {
            recorded[i] = (byte) item.u8(box.content() + 1 + i);
        }
        boolean exact = !(map.get("exact") instanceof CborValue.Flag flag) || flag.value();
        if (exact || stated.length != FLAGS_LENGTH) {
            return Arrays.equals(recorded, stated);
        }
        boolean set = true;
        for (int i = 0; i < FLAGS_LENGTH; i++) {
            set &= (recorded[i] & stated[i] & 0xFF) == (stated[i] & 0xFF);
        }
        return set;
    }

    private boolean data(ItemBytes item, BmffBox box) throws IOException {
        for (CborValue expected : map.get("data").items()) {
            long offset = expected.get("offset").whole().orElse(-1L);
            byte[] value = expected.get("value").bytes().orElse(new byte[0]);
            boolean within = offset >= 0 && offset <= box.length() && value.length <= MAX_DATA;
            if (!within || !item.has(box.start() + offset, value)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Adds the ranges of a box that are left out.
     *
     * @return whether that is the whole box
     */
    boolean exclude(BmffBox box, List<ByteRange> excluded, Budget budget) throws MalformedStoreException {
        budget.take(1 + map.get("subset").items().size());
        if (!map.get("subset").isPresent()) {
            excluded.add(new ByteRange(box.start(), box.length()));
            return true;
        }
        for (CborValue subset : map.get("subset").items()) {
            long offset = subset.get("offset").whole().orElse(-1L);
            long length = subset.get("length").whole().orElse(-1L);
            if (offset >= 0 && length >= 0 && offset < box.length()) {
                long rest = box.length() - offset;
                excluded.add(new ByteRange(box.start() + offset, length == 0 ? rest : Math.min(length, rest)));
            }
        }
        return false;
    }
}
