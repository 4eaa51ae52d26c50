package org.latentprint.generator.comfyui;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Finds the graphs among an item's blocks. ComfyUI's {@code nodes.py} writes PNG texts {@code prompt} and {@code workflow},
 * its {@code comfy_extras/nodes_images.py} EXIF tags that start with {@code prompt:} or {@code workflow:}, its
 * {@code nodes_video.py} container tags, its SVG saver one JSON object with both as members, its GLB saver one member of
 * {@code asset.extras} each; VideoHelperSuite writes one comment that holds both; other packs write either
 * form under other names. So the text decides, and the name only tells what a damaged text was meant to be.
 *
 * @param prompt the graph that ran, where a block holds one
 * @param workflow the editor's graph, where a block holds one
 * @param damaged blocks that were meant to hold a graph and cannot be read
 */
public record GraphBlocks(Optional<Found> prompt, Optional<Found> workflow, List<Damaged> damaged) {
    private static final String WORKFLOW = "workflow";

    /** Members such as {@code {"extra_pnginfo": {"workflow": ...}}} are looked for this deep. */
    private static final int MAX_WRAPPERS = 3;

    /** Characters of a damaged node's identifier that a message shows. */
    private static final int MAX_SHOWN = 40;

    private static final Pattern PREFIX =
            Pattern.compile("^\\s*(prompt|workflow|comment)\\s*[:=]\\s*(?=[{\"])", Pattern.CASE_INSENSITIVE);
    private static final List<String> WRAPPERS = List.of(
            "prompt",
            "workflow",
            "extra_pnginfo",
            "extra_data",
            "comment",
            "metadata",
            "parameters",
            "comfyui",
            "generation_data");

    public GraphBlocks {
        damaged = List.copyOf(damaged);
    }

    /** A graph and the block that holds it. Used by one thread. */
    public static final class Found {
        private final MetadataBlock block;
        private final String text;
        private Optional<JsonNode> json;

        private Found(MetadataBlock block, String text, Optional<JsonNode> json) {
            this.block = block;
            this.text = text;
            this.json = json;
        }

        private static Found read(MetadataBlock block, JsonNode json) {
            return new Found(block, "", Optional.of(json));
        }

        private static Found unread(MetadataBlock block, String text) {
            return new Found(block, text, Optional.empty());
        }

        public MetadataBlock block() {
            return block;
        }

        /** Returns the graph; a missing node where its text turns out to be none. */
        public JsonNode json() {
            if (json.isEmpty()) {
                JsonNode missing = MissingNode.getInstance();
                json = Optional.of(GraphText.object(text).orElse(missing));
            }
            return json.get();
        }
    }

    /**
     * A block that was meant to hold a graph.
     *
     * @param place where its text breaks, in words; empty where that is not known
     */
    public record Damaged(MetadataBlock block, String place) {
        /** Tells the place where the JSON stands in the block's text as it is. */
        private static Damaged of(MetadataBlock block, String json) {
            String text = block.textOrEmpty();
            int from = text.length() - json.length();
            return new Damaged(
                    block,
                    GraphText.damage(json)
                            .filter(damage -> text.endsWith(json))
                            .map(damage -> " at character " + (from + damage.character())
                                    + damage.node()
                                            .map(node -> ", in or after " + shortened(node))
                                            .orElse(""))
                            .orElse(""));
        }

        private static String shortened(String node) {
            return "\"" + node.substring(0, Math.min(node.length(), MAX_SHOWN)) + "\"";
        }
    }

    /**
     * Says whether a block holds a graph, in either form, by the names that every graph has as members. It is quick and may
     * miss graphs in wrappings, which {@link #in} finds.
     */
    public static boolean isGraph(MetadataBlock block) {
        String text = block.textOrEmpty();
        return text.startsWith("{")
                && (hasMember(text, "\"class_type\"")
                        || (hasMember(text, "\"nodes\"") && hasMember(text, "\"links\"")));
    }

    /** Within a prompt the quote of such a name would stand behind a backslash. */
    private static boolean hasMember(String text, String name) {
        int place = text.indexOf(name);
        return place > 0 && text.charAt(place - 1) != '\\';
    }

    /** Looks through all blocks of the item. */
    public static GraphBlocks in(ItemMetadata metadata) {
        Finder finder = new Finder();
        metadata.blocks().forEach(finder::look);
        finder.end();
        return new GraphBlocks(finder.prompt, finder.workflow, finder.damaged);
    }

    public boolean isEmpty() {
        return prompt.isEmpty() && workflow.isEmpty() && damaged.isEmpty();
    }

    /** Returns the blocks that hold graphs which can be read, each once. */
    public List<MetadataBlock> blocks() {
        List<MetadataBlock> blocks = new ArrayList<>();
        prompt.map(Found::block).ifPresent(blocks::add);
        workflow.map(Found::block).filter(block -> !blocks.contains(block)).ifPresent(blocks::add);
        return blocks;
    }

    private static final class Finder {
        private Optional<Found> prompt = Optional.empty();
        private Optional<Found> workflow = Optional.empty();
        private final List<Damaged> damaged = new ArrayList<>();
        private final List<MetadataBlock> canvases = new ArrayList<>();

        void look(MetadataBlock block) {
            String text = block.textOrEmpty();
            boolean mayBePrompt = text.contains("class_type");
            if (!mayBePrompt && !(text.contains("nodes") && text.contains("links"))) {
                return;
            }
            if (!mayBePrompt && block.key().equals(WORKFLOW)) {
                canvases.add(block);
            } else {
                read(block, text);
            }
        }

        /** Beside a graph that ran, the editor's is read only when it is asked for. */
        void end() {
            for (MetadataBlock block : canvases) {
                String text = block.textOrEmpty();
                if (prompt.isPresent() && workflow.isEmpty() && GraphText.isWhole(text)) {
                    workflow = Optional.of(Found.unread(block, text));
                } else {
                    read(block, text);
                }
            }
        }

        private void read(MetadataBlock block, String text) {
            String json = json(text);
            Optional<JsonNode> object = GraphText.object(json);
            if (object.isEmpty()) {
                if (isMeantAsGraph(block, text)) {
                    damaged.add(Damaged.of(block, json));
                }
                return;
            }
            classify(block, object.get(), 0);
        }

        private void classify(MetadataBlock block, JsonNode object, int depth) {
            if (ApiForm.matches(object)) {
                prompt = prompt.or(() -> Optional.of(Found.read(block, object)));
            } else if (object.path("nodes").isArray() && (object.has("links") || object.has("version"))) {
                workflow = workflow.or(() -> Optional.of(Found.read(block, object)));
            } else if (depth < MAX_WRAPPERS) {
                for (Map.Entry<String, JsonNode> member : object.properties()) {
                    if (WRAPPERS.contains(member.getKey().toLowerCase(Locale.ROOT))) {
                        GraphText.unwrap(member.getValue()).ifPresent(inner -> classify(block, inner, depth + 1));
                    }
                }
            }
        }

        private static boolean isMeantAsGraph(MetadataBlock block, String text) {
            String key = block.key().toLowerCase(Locale.ROOT);
            return key.equals("prompt")
                    || key.equals(WORKFLOW)
                    || PREFIX.matcher(text).find();
        }

        /** Returns the JSON without a tag's prefix, or out of the XML around it. */
        private static String json(String text) {
            if (text.startsWith("{")) {
                return text;
            }
            Matcher prefix = PREFIX.matcher(text);
            if (prefix.find()) {
                return text.substring(prefix.end());
            }
            if (text.stripLeading().startsWith("<")) {
                int start = text.indexOf('{');
                return start < 0 ? text : unescaped(text.substring(start));
            }
            return text;
        }

        private static String unescaped(String xml) {
            return xml.replace("&quot;", "\"")
                    .replace("&#34;", "\"")
                    .replace("&apos;", "'")
                    .replace("&#39;", "'")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&amp;", "&");
        }
    }
}
