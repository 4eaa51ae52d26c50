package org.latentprint.modelfile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a path in the cache of the Hugging Face hub says (huggingface_hub: docs/source/en/guides/manage-cache.md). */
final class HubCache {
    private static final Pattern MODEL =
            Pattern.compile("(?:.*/)?models--([^/]+)/(snapshots|blobs|refs)/([^/]+)(?:/.*)?");
    private static final Pattern REVISION = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern LARGE = Pattern.compile("[0-9a-f]{64}(\\.incomplete)?");

    private HubCache() {}

    /**
     * Returns the repository, and what else the path tells: the revision, or the name of a blob, which for large files is the
     * SHA-256 of what was asked for.
     *
     * @param path of an item or a folder
     */
    static Map<String, String> facts(String path) {
        Map<String, String> facts = new LinkedHashMap<>();
        Matcher matcher = MODEL.matcher(path);
        if (!matcher.matches()) {
            return facts;
        }
        String last = matcher.group(3);
        facts.put("hubModel", matcher.group(1).replace("--", "/"));
        switch (matcher.group(2)) {
            case "snapshots" -> {
                if (REVISION.matcher(last).matches()) {
                    facts.put("hubRevision", last);
                }
            }
            case "blobs" -> {
                if (LARGE.matcher(last).matches()) {
                    facts.put("hubBlobSha256", last.substring(0, 64));
                    facts.put("hubIncomplete", Boolean.toString(last.length() > 64));
                }
            }
            default -> facts.put("hubReference", last);
        }
        return facts;
    }
}
