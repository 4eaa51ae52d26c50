package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.generator.marks.ServiceMark;

/**
 * Services that leave no more than their name in a field that names who or what made the picture: the rows of
 * {@link ServiceMark}. A name is a weak trace, since anyone can write one, so the generator is inferred.
 */
final class ServiceMarkReader implements GeneratorReader {
    private static final String ID = "service-mark/1";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean yields() {
        return true;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        List<ItemField> fields = ItemField.of(metadata, ItemXmp.mentioning(metadata, ServiceMark.allWords()));
        Optional<ItemField> telling = fields.stream()
                .filter(found -> ServiceMark.in(found.field()).isPresent())
                .findFirst();
        Optional<ServiceMark> mark = telling.flatMap(found -> ServiceMark.in(found.field()));
        if (telling.isEmpty() || mark.isEmpty()) {
            return Reading.NONE;
        }
        GenerationBuilder builder = Generation.builder(
                        mark.get().service(), telling.get().block().origin().readBy(ID))
                .inferred(
                        "generator",
                        "a field for the maker's name has the words of a service: "
                                + telling.get().field().place().name().toLowerCase(Locale.ROOT));
        List<MetadataBlock> claimed = new ArrayList<>();
        fields.stream()
                .filter(found -> ServiceMark.in(found.field())
                        .filter(other -> other.service().equals(mark.get().service()))
                        .isPresent())
                .forEach(found -> {
                    builder.setting(
                            found.field().place().name().toLowerCase(Locale.ROOT),
                            found.field().value());
                    builder.alsoFrom(found.block().origin().readBy(ID));
                    if (found.alone()) {
                        claimed.add(found.block());
                    }
                });
        return Reading.of(List.of(builder.build()), claimed);
    }
}
