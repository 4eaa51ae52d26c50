package org.latentprint.evidence.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.ItemTime;

/**
 * A member as its format states it; nothing of it is to be believed.
 *
 * @param name as {@link org.latentprint.evidence.MemberPath#name} gives it
 * @param kind folders are given by {@link #folder} and are no items
 * @param size unpacked, as stated
 * @param times with a zone that is known
 * @param linkTarget of a link
 * @param place in the archive's own bytes, where the member lies unpacked
 * @param crc32 of the unpacked bytes, where the library does not check it
 * @param unread why it cannot be read, where that is known beforehand
 * @param content opens the unpacked bytes; asked at once, before the next entry
 */
record Entry(
        String name,
        boolean folder,
        ItemRef.Kind kind,
        OptionalLong size,
        List<ItemTime> times,
        Optional<String> linkTarget,
        OptionalLong place,
        OptionalLong crc32,
        Optional<Unread> unread,
        Content content) {

    /** Why a member is not read; encryption is no fault, an unknown method is. */
    record Unread(String reason, boolean unsupported) {}

    /** Opens a member's bytes. */
    @FunctionalInterface
    interface Content {
        InputStream open() throws IOException;
    }
}
