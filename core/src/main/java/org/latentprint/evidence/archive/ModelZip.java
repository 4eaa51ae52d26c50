package org.latentprint.evidence.archive;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells model files from archives. PyTorch's {@code torch.save} and NumPy's {@code savez} write zips, of gigabytes and with
 * thousands of members. They are left closed only where every member is theirs, so that nothing else hides in one. Sources:
 * PyTorch's {@code caffe2/serialize/inline_container.cc} and {@code torch/serialization.py}, NumPy's
 * {@code lib/_npyio_impl.py}.
 */
final class ModelZip {
    private static final Pattern TORCH = Pattern.compile(
            "[^/]+/(data\\.pkl|constants\\.pkl|version|byteorder|\\.format_version"
                    + "|\\.storage_alignment|\\.data/serialization_id|(data|constants|tensors)/\\d+|code/.*\\.(py|debug_pkl))");
    private static final Pattern TORCH_PICKLE = Pattern.compile("[^/]+/data\\.pkl");
    private static final Pattern NUMPY = Pattern.compile(".+\\.npy");

    private ModelZip() {}

    static boolean holdsTensorsOnly(Stream<String> names) {
        List<String> all = names.filter(name -> !name.endsWith("/")).toList();
        if (all.isEmpty()) {
            return false;
        }
        return all.stream().allMatch(name -> NUMPY.matcher(name).matches())
                || (all.stream().anyMatch(name -> TORCH_PICKLE.matcher(name).matches())
                        && all.stream().allMatch(name -> TORCH.matcher(name).matches()));
    }
}
