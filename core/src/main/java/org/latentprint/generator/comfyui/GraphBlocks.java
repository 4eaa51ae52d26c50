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

    /** A graph and the block that holds it. */
    public record Found(MetadataBlock block, JsonNode json) {}

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

    /** Looks through all blocks of the item. */
    public static GraphBlocks in(ItemMetadata metadata) {
        Finder finder = new Finder();
        metadata.blocks().forEach(finder::look);
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

        void look(MetadataBlock block) {
            String text = block.textOrEmpty();
            boolean mayBePrompt = text.contains("class_type");
            if (!mayBePrompt && !(text.contains("nodes") && text.contains("links"))) {
                return;
            }
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
                prompt = prompt.or(() -> Optional.of(new Found(block, object)));
            } else if (object.path("nodes").isArray() && (object.has("links") || object.has("version"))) {
                workflow = workflow.or(() -> Optional.of(new Found(block, object)));
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
                    || key.equals("workflow")
                    || PREFIX.matcher(text).find();
        }

        /** Returns the JSON without a tag's prefix, or out of the XML around it. */
        private static String json(String text) {
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
