package org.latentprint.modelfile;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says what an ONNX graph is by the shapes that go in and come out, as insightface does (deepinsight/insightface:
 * python-package/insightface/model_zoo).
 *
 * @param inputs as {@code name[1,3,112,112]}; old exporters list the weights among them
 * @param outputs the same
 */
record OnnxPorts(List<String> inputs, List<String> outputs) {
    /** For each of three scales one score, four sides of a box and, where it has them, five points of a face. */
    private static final List<String> FACES = List.of("1", "1", "1", "4", "4", "4");

    private static final List<String> FACES_WITH_POINTS = List.of("1", "1", "1", "10", "10", "10", "4", "4", "4");

    /** 106 points in the plane. */
    private static final String POINTS_2D = "212";

    /** 1,103 points in space, of which the last 68 are used. */
    private static final String POINTS_3D = "3309";

    static OnnxPorts of(Map<String, String> facts) {
        return new OnnxPorts(
                ports(facts.getOrDefault("onnx.inputs", "")), ports(facts.getOrDefault("onnx.outputs", "")));
    }

    private static List<String> ports(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(port -> !port.isEmpty())
                .toList();
    }

    ModelIdentity identity() {
        if (takes(",3,128,128]") && takes("[1,512]")) {
            return named("face-swap", "inswapper");
        }
        // DeepFaceLab: models/Model_SAEHD/Model.py, Model_AMP/Model.py, export_dfm
        if (port(inputs, "in_face:0").isPresent()
                && port(outputs, "out_celeb_face:0").isPresent()) {
            return named("face-swap", "deepfacelab-dfm");
        }
        // Several networks take a face's features as the source and a picture as the target (facefusion/facefusion:
        // processors/modules/face_swapper).
        if (port(inputs, "source").filter(port -> last(port).equals("512")).isPresent()
                && port(inputs, "target").filter(port -> port.contains(",3,")).isPresent()) {
            return new ModelIdentity(
                    "face-swap", Optional.empty(), List.of(), Optional.empty(), List.of(), Optional.empty());
        }
        if (takes(",3,112,112]") && gives("512")) {
            return named("face-recognition", "arcface");
        }
        if (takes(",3,192,192]") && only(POINTS_2D)) {
            return named("face-landmarks", "2d106");
        }
        if (takes(",3,192,192]") && only(POINTS_3D)) {
            return named("face-landmarks", "3d68");
        }
        if (takes(",3,96,96]") && only("3")) {
            return named("face-attributes", "genderage");
        }
        List<String> last = outputs.stream().map(OnnxPorts::last).sorted().toList();
        if (takes(",3,") && (last.equals(FACES) || last.equals(FACES_WITH_POINTS))) {
            return named("detector", "scrfd");
        }
        // Box, certainty and 80 classes at three scales of 640 pixels, as YOLOX and YOLOv6 give them; or without the
        // certainty,
        // as in ultralytics/ultralytics from YOLOv8 on (nn/modules/head.py, Detect).
        if (takes(",3,640,640]")
                && outputs.size() == 1
                && (outputs.getFirst().endsWith(",8400,85]")
                        || outputs.getFirst().endsWith(",84,8400]"))) {
            return named("detector", "yolo");
        }
        // Tags that such a network gave, a certainty for each of thousands, are often the captions of training pictures
        // (kohya-ss/sd-scripts: finetune/tag_images_by_wd14_tagger.py, IMAGE_SIZE and selected_tags.csv).
        if (takes(",448,448,3]")
                && outputs.size() == 1
                && last(outputs.getFirst()).matches("[0-9]{4,5}")) {
            return named("tagger", "wd-tagger");
        }
        // open-mmlab/mmpose: mmpose/models/heads/coord_cls_heads; several networks give each point's place along both
        // sides.
        if (port(outputs, "simcc_x").isPresent() && port(outputs, "simcc_y").isPresent()) {
            return new ModelIdentity(
                    "pose-estimator", Optional.empty(), List.of(), Optional.empty(), List.of(), Optional.empty());
        }
        return ModelIdentity.UNKNOWN;
    }

    private static Optional<String> port(List<String> ports, String name) {
        return ports.stream().filter(port -> port.startsWith(name + "[")).findFirst();
    }

    private boolean takes(String shape) {
        return inputs.stream().anyMatch(port -> port.contains(shape));
    }

    private boolean gives(String size) {
        return outputs.stream()
                .anyMatch(port -> port.contains(",") && last(port).equals(size));
    }

    private boolean only(String size) {
        return outputs.size() == 1 && gives(size);
    }

    private static String last(String port) {
        int comma = Math.max(port.lastIndexOf(','), port.lastIndexOf('['));
        return port.endsWith("]") ? port.substring(comma + 1, port.length() - 1) : "";
    }

    private static ModelIdentity named(String kind, String architecture) {
        return new ModelIdentity(
                kind, Optional.of(architecture), List.of(), Optional.empty(), List.of(), Optional.empty());
    }
}
