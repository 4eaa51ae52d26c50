package org.latentprint.generator.comfyui;

import java.util.Locale;
import java.util.function.ToIntFunction;
import org.latentprint.container.ItemMetadata;

/**
 * Weighs which saving node wrote a file: every file of a run carries the same graph. The weights only order what is known;
 * the outcome is always told as inferred.
 */
final class Fit implements ToIntFunction<Branch> {
    static final String RULE = "saving node chosen by kind of medium, file name and size";
    static final String UNDECIDED = "several saving nodes fit the file equally; the first of the graph stands first";

    private static final int NAME = 8;
    private static final int MEDIUM = 4;
    private static final int SIZE = 3;
    private static final int GENERATES = 2;
    private static final int WRITES = 1;

    private final ItemMetadata item;
    private final Scalars scalars;

    Fit(ItemMetadata item, Scalars scalars) {
        this.item = item;
        this.scalars = scalars;
    }

    @Override
    public int applyAsInt(Branch branch) {
        int fit = 0;
        boolean preview = Savers.isPreview(branch.saver());
        String name = item.item().substring(item.item().lastIndexOf('/') + 1);
        boolean temporary = name.startsWith("ComfyUI_temp_");
        if (temporary) {
            fit += preview ? NAME : 0;
        } else {
            fit += preview ? 0 : WRITES;
            fit += matchesPrefix(branch, name) ? NAME : 0;
        }
        boolean film =
                item.mediaType().filter(type -> type.startsWith("video/")).isPresent();
        boolean webp = item.mediaType().filter("image/webp"::equals).isPresent();
        boolean savesFilm = Savers.isVideo(branch.saver());
        if (webp) {
            fit += branch.saver().isNamed("webp") ? MEDIUM : 0;
        } else {
            fit += film == savesFilm ? MEDIUM : 0;
        }
        fit += branch.passes().stream().anyMatch(this::sameSize) ? SIZE : 0;
        fit += branch.generates() ? GENERATES : 0;
        return fit;
    }

    private boolean matchesPrefix(Branch branch, String name) {
        return scalars.text(branch.saver(), java.util.List.of("filename_prefix", "prefix", "filename"))
                .map(prefix -> prefix.substring(Math.max(prefix.lastIndexOf('/'), prefix.lastIndexOf('\\')) + 1))
                .filter(prefix -> !prefix.isBlank() && !prefix.contains("%"))
                .filter(prefix -> name.toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    private boolean sameSize(PassFacts pass) {
        return item.width() > 0
                && pass.pass().width().filter(width -> width == item.width()).isPresent()
                && pass.pass()
                        .height()
                        .filter(height -> height == item.height())
                        .isPresent();
    }
}
