package org.latentprint.modelfile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.evidence.EvidenceBytes;

/** Knows what often lies under a model's name instead of the model: a web page, or a Git LFS pointer. */
public final class SubstituteReader implements ModelFileReader {
    private static final Set<String> ENDINGS = Set.of("safetensors", "sft", "ckpt", "pt", "pth", "bin", "gguf", "onnx");

    private static final String POINTER = "version https://git-lfs";
    private static final Pattern OBJECT = Pattern.compile("oid sha256:([0-9a-f]{64})");
    private static final Pattern SIZE = Pattern.compile("size (\\d{1,18})");
    private static final int POINTER_LENGTH = 1024;

    @Override
    public String id() {
        return "substitute/1";
    }

    @Override
    public boolean recognise(byte[] head, String name, long size) {
        String start = text(head);
        return ENDINGS.contains(ModelFileReaders.ending(name)) && (start.startsWith(POINTER) || page(start));
    }

    private static boolean page(String start) {
        String low = start.stripLeading().toLowerCase(Locale.ROOT);
        return low.startsWith("<!doctype html") || low.startsWith("<html");
    }

    private static String text(byte[] head) {
        return new String(head, 0, Math.min(head.length, POINTER_LENGTH), StandardCharsets.ISO_8859_1);
    }

    @Override
    public Optional<ModelHead> read(EvidenceBytes bytes, String name) throws IOException {
        int length = (int) Math.min(POINTER_LENGTH, bytes.size());
        String start = text(bytes.readExactly(0, length));
        boolean pointer = start.startsWith(POINTER);
        ModelHead head = new ModelHead(id(), pointer ? "git-lfs-pointer" : "html");
        head.range(0, length);
        head.malformed(pointer ? "a Git LFS pointer instead of the file" : "a web page under a model's name", 0);
        Matcher object = OBJECT.matcher(start);
        if (pointer && object.find()) {
            head.formatFacts().put("pointsToSha256", object.group(1));
        }
        Matcher size = SIZE.matcher(start);
        if (pointer && size.find()) {
            head.formatFacts().put("pointsToSize", size.group(1));
        }
        return Optional.of(head);
    }
}
