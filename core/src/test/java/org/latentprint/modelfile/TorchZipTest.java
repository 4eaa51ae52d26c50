package org.latentprint.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.PickleFixture;

/** Torch's zips: the forms its writers leave, and cut ones. */
class TorchZipTest {
    private static final int LOCAL_FLAGS = 6;
    private static final int LOCAL_STORED = 18;
    private static final int END_LENGTH = 22;
    private static final int CENTRAL_LENGTH = 46;

    private static byte[] embedding() {
        return new PickleFixture()
                .raw('}', '(')
                .text("string_to_param")
                .raw('}')
                .text("*")
                .tensor(2, 768)
                .raw('s', 'u')
                .build();
    }

    /** The local header leaves the size open, as torch's writer does; only the central directory knows it. */
    private static byte[] open() {
        byte[] zip = PickleFixture.zip(embedding(), false);
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(LOCAL_FLAGS, (short) (bytes.getShort(LOCAL_FLAGS) | 8));
        bytes.putInt(LOCAL_STORED, 0);
        return zip;
    }

    private static ModelFile read(byte[] bytes) throws IOException {
        return new ModelFiles()
                .read("models/kettle.pt", HeapBytes.wrap(bytes), false)
                .orElseThrow();
    }

    @Test
    void aSizeThatStandsOnlyInTheCentralDirectoryIsFound() throws IOException {
        assertThat(read(open()).identity().kind()).isEqualTo("embedding");
    }

    @Test
    void aZipThatWasCutBeforeItsDirectoryStillGivesItsFirstPickle() throws IOException {
        byte[] cut = Arrays.copyOf(open(), open().length - END_LENGTH - CENTRAL_LENGTH);

        assertThat(read(cut).identity().kind()).isEqualTo("embedding");
    }

    /** A network that was saved whole nests three levels for each module in a module. */
    @Test
    void tensorsDeepInNestedModulesAreCounted() throws IOException {
        PickleFixture nested = new PickleFixture();
        int depth = 30;
        for (int level = 0; level < depth; level++) {
            nested.raw('}').text("m" + level);
        }
        nested.tensor(4, 4);
        for (int level = 0; level < depth; level++) {
            nested.raw('s');
        }

        ModelFile model = read(PickleFixture.zip(nested.build(), false));

        assertThat(model.weights().orElseThrow().tensors()).isEqualTo(1);
    }

    @Test
    void aPickleWithTensorsThatNothingKnowsIsAnUnknownModel() throws IOException {
        byte[] tensors = new PickleFixture()
                .raw('}')
                .text("garden.weight")
                .tensor(3, 5)
                .raw('s')
                .build();
        byte[] none = new PickleFixture()
                .raw('}')
                .text("garden")
                .text("red bicycle")
                .raw('s')
                .build();

        assertThat(read(PickleFixture.zip(tensors, false)).identity().kind()).isEqualTo("unknown");
        assertThat(read(PickleFixture.zip(none, false)).identity().kind()).isEqualTo("pickle");
    }

    @Test
    void theDirectoryOfZip64IsFollowed() throws IOException {
        byte[] zip = open();
        ByteBuffer old = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int end = zip.length - END_LENGTH;
        int directory = old.getInt(end + 16);
        ByteBuffer large = ByteBuffer.allocate(zip.length + 56 + 20).order(ByteOrder.LITTLE_ENDIAN);
        large.put(zip, 0, end);
        large.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
        large.putInt(0).putInt(0).putLong(1).putLong(1).putLong(end - directory).putLong(directory);
        large.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
        large.put(zip, end, END_LENGTH);
        large.putInt(large.capacity() - END_LENGTH + 16, -1);

        assertThat(read(large.array()).identity().kind()).isEqualTo("embedding");
    }

    private static byte[] marked(byte[] zip) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(LOCAL_FLAGS, (short) (bytes.getShort(LOCAL_FLAGS) | 1));
        return zip;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEntryThatIsOnlyMarkedAsEncryptedIsReadForDanger(boolean deflated) throws IOException {
        ModelFile model = read(marked(PickleFixture.zip(call(), deflated)));

        assertThat(model.pickle().orElseThrow().danger()).contains(true);
        assertThat(model.problems())
                .anyMatch(problem -> problem.message().contains("garden/data.pkl is marked as encrypted, and is not"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofAnEncryptedEntryNothingIsSaidOfDanger(boolean deflated) throws IOException {
        byte[] zip = marked(PickleFixture.zip(embedding(), deflated));
        for (int index = 0; index < 40; index++) {
            zip[30 + "garden/data.pkl".length() + index] ^= (byte) 0x55;
        }

        ModelFile model = read(zip);

        assertThat(model.pickle().orElseThrow().danger()).isEmpty();
        assertThat(model.problems()).anyMatch(problem -> problem.message().contains("garden/data.pkl is encrypted"));
    }

    private static byte[] call() {
        return new PickleFixture()
                .raw(0x80, 2)
                .global("os", "system")
                .text("ls")
                .raw(0x85, 'R')
                .build();
    }

    @Test
    void theDirectorysNameOfAnEntryCounts() throws IOException {
        byte[] zip = PickleFixture.zip(call(), false);
        // In the entry's own header stands another name.
        System.arraycopy(
                "garden/gate.txt ".getBytes(StandardCharsets.US_ASCII), 0, zip, 30, "garden/data.pkl".length());

        ModelFile model = read(zip);

        assertThat(model.container()).isEqualTo("pickle-zip");
        assertThat(model.pickle().orElseThrow().danger()).contains(true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPickleUnderAnotherNameIsKnownByItsBeginning(boolean deflated) throws IOException {
        byte[] zip = new String(PickleFixture.zip(call(), deflated), StandardCharsets.ISO_8859_1)
                .replace("garden/data.pkl", "garden/gate.txt")
                .getBytes(StandardCharsets.ISO_8859_1);

        ModelFile model = read(zip);

        assertThat(model.container()).isEqualTo("zip");
        assertThat(model.pickle().orElseThrow().globals()).containsExactly("os.system");
    }
}
