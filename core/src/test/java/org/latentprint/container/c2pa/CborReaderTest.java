package org.latentprint.container.c2pa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** CBOR as claims hold it, and as an attacker writes it. The examples are those of RFC 8949, appendix A. */
class CborReaderTest {
    @Test
    void readsEveryKind() throws MalformedStoreException {
        assertThat(read("1864").whole()).contains(100L);
        assertThat(read("3903e7").whole()).contains(-1000L);
        assertThat(read("6449455446").text()).contains("IETF");
        assertThat(read("83010203").items()).hasSize(3);
        assertThat(read("a26161016162820203").get("b").items()).hasSize(2);
        assertThat(read("a1182101").get("33").whole()).contains(1L);
        assertThat(read("f5").scalar()).contains("true");
        assertThat(read("c11a514b67b0").whole()).contains(1363896240L);
        assertThat(read("f93c00").scalar()).contains("1.0");
        assertThat(read("1bffffffffffffffff").isPresent()).isFalse();
    }

    @Test
    void readsIndefiniteLengths() throws MalformedStoreException {
        assertThat(read("5f42010243030405ff").isBytes(new byte[] {1, 2, 3, 4, 5}))
                .isTrue();
        assertThat(read("7f657374726561646d696e67ff").text()).contains("streaming");
        assertThat(read("9f018202039f0405ffff").items()).hasSize(3);
        assertThat(read("bf61610161629f0203ffff").get("b").items()).hasSize(2);
    }

    @Test
    void takesEarlyHashesThatAreListsOfNumbers() throws MalformedStoreException {
        assertThat(read("8218ff01").isBytes(new byte[] {-1, 1})).isTrue();
        assertThat(read("82190100 01".replace(" ", "")).bytes()).isEmpty();
    }

    @Test
    void refusesWhatBreaksABound() {
        for (String hostile : new String[] {
            "5b7fffffffffffffff",
            "9b8000000000000000",
            "bbffffffffffffffff",
            "5bffffffffffffffff",
            "9f01",
            "7f6161",
            "5f5f4101ffff",
            "ff",
            "1c",
            "a2616101616102",
            "a18001",
            "61ff",
            "",
            "81".repeat(40) + "01",
            "9f".repeat(90)
        }) {
            assertThatThrownBy(() -> read(hostile)).as(hostile).isInstanceOf(MalformedStoreException.class);
        }
    }

    @Test
    void randomBytesGiveAValueOrTheOneException() {
        Random random = new Random(20_261_123);
        int read = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = new byte[1 + random.nextInt(40)];
            random.nextBytes(bytes);
            try {
                CborReader.read(Arrays.copyOf(bytes, bytes.length));
                read++;
            } catch (MalformedStoreException expected) {
                assertThat(expected).hasMessageContaining("CBOR");
            }
        }
        assertThat(read).isBetween(1_000, 49_000);
    }

    private static CborValue read(String hex) throws MalformedStoreException {
        return CborReader.read(HexFormat.of().parseHex(hex));
    }
}
