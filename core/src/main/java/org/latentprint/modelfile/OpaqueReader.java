package org.latentprint.modelfile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;

/** Notes model formats of which only the container can be said: TensorRT engines, TensorFlow Lite, Keras. */
public final class OpaqueReader implements ModelFileReader {

    @Override
    public String id() {
        return "opaque-model/1";
    }

    @Override
    public boolean recognise(byte[] head, String name, long size) {
        return container(head, name).isPresent();
    }

    @Override
    public Optional<ModelHead> read(EvidenceBytes bytes, String name) throws IOException {
        byte[] first = bytes.readExactly(0, (int) Math.min(64, bytes.size()));
        return container(first, name).map(container -> {
            ModelHead head = new ModelHead(id(), container);
            head.range(0, first.length);
            return head;
        });
    }

    private static Optional<String> container(byte[] head, String name) {
        String start = new String(head, 0, Math.min(64, head.length), StandardCharsets.ISO_8859_1);
        String ending = ModelFileReaders.ending(name);
        if (start.startsWith("ftrt") && (ending.equals("engine") || ending.equals("plan") || ending.equals("trt"))) {
            return Optional.of("tensorrt");
        }
        if (start.startsWith("TFL3", Math.min(4, start.length()))) {
            return Optional.of("tflite");
        }
        if (start.startsWith("\u0089HDF\r\n") && (ending.equals("h5") || ending.equals("keras"))) {
            return Optional.of("keras-hdf5");
        }
        return ending.equals("mlmodel") && head.length > 1 && head[0] == 8 ? Optional.of("coreml") : Optional.empty();
    }
}
