package org.latentprint.evidence.image.sleuthkit;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Optional;

/**
 * One of the library's structures in its own memory, read field by field. Valid only while the library holds it: copy what is
 * wanted.
 */
@SuppressWarnings(
        "restricted") // The library is called on purpose: its functions and structures are those of a known release.
final class Struct {
    /** Larger than the largest of the structures that are read; only known fields are. */
    private static final long REACH = 4L << 20;

    /** The structures, by the names of the library's headers. */
    enum Type {
        TSK_IMG_INFO,
        TSK_VS_INFO,
        TSK_VS_PART_INFO,
        TSK_FS_INFO,
        TSK_FS_FILE,
        TSK_FS_NAME,
        TSK_FS_META,
        TSK_FS_ATTR,
        TSK_FS_ATTR_RUN,
        TSK_FS_BLOCK,
        TSK_POOL_INFO,
        TSK_POOL_VOLUME_INFO
    }

    private final SleuthKitLayout layout;
    private final Map<String, Long> fields;
    private final MemorySegment memory;

    Struct(SleuthKitLayout layout, Type type, MemorySegment pointer) {
        this.layout = layout;
        this.fields = layout.of(type);
        this.memory = pointer.reinterpret(REACH);
    }

    /** Returns where it lies, to be handed to the library. */
    MemorySegment pointer() {
        return memory;
    }

    int int32(String field) {
        return memory.get(ValueLayout.JAVA_INT_UNALIGNED, at(field));
    }

    int uint16(String field) {
        return Short.toUnsignedInt(memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, at(field)));
    }

    long int64(String field) {
        return memory.get(ValueLayout.JAVA_LONG_UNALIGNED, at(field));
    }

    /** Returns the structure that a field points to; empty where it points nowhere. */
    Optional<Struct> follow(String field, Type type) {
        MemorySegment target = memory.get(ValueLayout.ADDRESS_UNALIGNED, at(field));
        return target.equals(MemorySegment.NULL) ? Optional.empty() : Optional.of(new Struct(layout, type, target));
    }

    /** Returns a function that a field points to. */
    MemorySegment function(String field) {
        return memory.get(ValueLayout.ADDRESS_UNALIGNED, at(field));
    }

    /**
     * Returns the bytes of a text that a field points to, up to the zero that ends it.
     *
     * @param most how many bytes to read at most
     */
    byte[] text(String field, long most) {
        MemorySegment target = memory.get(ValueLayout.ADDRESS_UNALIGNED, at(field));
        if (target.equals(MemorySegment.NULL)) {
            return new byte[0];
        }
        MemorySegment bytes = target.reinterpret(most);
        int length = 0;
        while (length < most && bytes.get(ValueLayout.JAVA_BYTE, length) != 0) {
            length++;
        }
        return bytes.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }

    private long at(String field) {
        Long offset = fields.get(field);
        if (offset == null) {
            throw new IllegalStateException("the layout lacks " + field);
        }
        return offset;
    }
}
