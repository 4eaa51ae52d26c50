package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.latentprint.container.ExifEntry.Directory;

class ExifFiguresTest {
    private final ExifFigures figures = new ExifFigures();

    @Test
    void listsEachTypeOfNumberOnALine() {
        add(Directory.IMAGE, 0x0112, 3, bytes(2).putShort((short) 0xFFFE));
        add(Directory.EXIF, 0x829A, 5, bytes(8).putInt(1).putInt(-1));
        add(Directory.EXIF, 0x9204, 10, bytes(8).putInt(-2).putInt(3));
        add(Directory.GPS, 0x02, 5, bytes(16).putInt(51).putInt(1).putInt(30).putInt(1));
        add(Directory.THUMBNAIL, 0x0201, 4, bytes(4).putInt(-1));
        add(Directory.EXIF, 0x9000, 7, ByteBuffer.wrap("0232".getBytes(StandardCharsets.US_ASCII)));
        add(Directory.EXIF, 0xA301, 7, ByteBuffer.wrap(new byte[] {1}));

        assertThat(figures.text().orElseThrow().text()).isEqualTo("""
                        0x0112 = 65534
                        0x829A = 1/4294967295
                        0x9204 = -2/3
                        gps 0x0002 GPSLatitude = 51/1 30/1
                        thumbnail 0x0201 = 4294967295
                        0x9000 = 0232
                        0xA301 = hex 01""");
    }

    @Test
    void listsTheFirstOfManyValuesAndOfManyTags() {
        add(Directory.IMAGE, 0x0111, 3, bytes(20_000));
        for (int tag = 1; tag <= 600; tag++) {
            add(Directory.IMAGE, tag, 3, bytes(2));
        }

        String text = figures.text().orElseThrow().text();

        assertThat(text)
                .startsWith("0x0111 = 0 0")
                .contains("... (10000 values)")
                .endsWith("and 101 more");
        assertThat(text.lines().count()).isEqualTo(501);
    }

    @Test
    void thereIsNoListWithoutNumbers() {
        assertThat(figures.text()).isEmpty();
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length);
    }

    private void add(Directory directory, int tag, int type, ByteBuffer value) {
        ExifEntry entry = new ExifEntry(directory, tag, type, 0, value.capacity());
        byte[] bytes = new byte[value.capacity()];
        value.get(0, bytes);
        figures.add(entry, bytes, ByteOrder.BIG_ENDIAN);
    }
}
