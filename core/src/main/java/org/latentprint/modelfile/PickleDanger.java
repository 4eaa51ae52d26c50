package org.latentprint.modelfile;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Sorts the imports of a pickle into usual, dangerous and other (after mmaitre314/picklescan: scanner.py). */
final class PickleDanger {
    private static final Pattern USUAL = Pattern.compile(
            "collections\\.OrderedDict|torch\\.[A-Z][A-Za-z0-9]*Storage|torch\\.storage\\.(UntypedStorage|TypedStorage)"
                    + "|torch\\._utils\\._rebuild_(tensor|tensor_v2|parameter|parameter_with_state)|torch\\.Size"
                    + "|torch\\.(float|bfloat|int|uint|complex)\\w*|torch\\.(half|double|long|short|bool|device)"
                    + "|torch\\.storage\\._load_from_bytes|numpy\\.(dtype|ndarray)"
                    + "|numpy\\.(core|_core)\\.multiarray\\.(_reconstruct|scalar)|_codecs\\.encode");

    private static final Set<String> MODULES = Set.of(
            "os",
            "nt",
            "posix",
            "subprocess",
            "sys",
            "socket",
            "ssl",
            "shutil",
            "runpy",
            "pickle",
            "_pickle",
            "pty",
            "pdb",
            "bdb",
            "asyncio",
            "ctypes",
            "pip",
            "ensurepip",
            "webbrowser",
            "httplib",
            "http",
            "aiohttp",
            "commands",
            "code",
            "cProfile",
            "profile",
            "timeit",
            "trace",
            "doctest",
            "pydoc",
            "test",
            "uuid",
            "venv",
            "idlelib",
            "lib2to3",
            "cloudpickle",
            "_osx_support",
            "_aix_support",
            "_pyrepl",
            "__builtin__",
            "builtins",
            "requests",
            "urllib",
            "urllib2",
            "importlib",
            "multiprocessing",
            "tempfile",
            "marshal",
            "codeop",
            "platform",
            "signal");

    private static final List<String> PREFIXES = List.of(
            "operator.attrgetter",
            "operator.itemgetter",
            "operator.methodcaller",
            "_operator.attrgetter",
            "_operator.itemgetter",
            "_operator.methodcaller",
            "functools.partial",
            "types.CodeType",
            "types.FunctionType",
            "numpy.f2py",
            "numpy.testing._private.utils",
            "torch.serialization.load",
            "torch._inductor",
            "torch._dynamo",
            "torch.fx.experimental",
            "torch.jit.unsupported_tensor_ops",
            "torch.utils.bottleneck",
            "torch.utils.collect_env",
            "torch.utils._config_module",
            "torch.utils.data.datapipes",
            "torch.hub",
            "distutils.file_util",
            "imaplib.IMAP4_stream",
            "logging.FileHandler",
            "_io.FileIO",
            "io.FileIO",
            "io.open",
            "pkgutil.resolve_name",
            "ftplib",
            "smtplib",
            "telnetlib",
            "xmlrpc");

    /** Types that a pickle of plain data names; they take no code. */
    private static final Set<String> PLAIN_TYPES = Set.of(
            "dict",
            "list",
            "set",
            "frozenset",
            "tuple",
            "int",
            "float",
            "str",
            "bool",
            "bytes",
            "bytearray",
            "complex",
            "object",
            "slice",
            "range",
            "unicode",
            "long");

    private PickleDanger() {}

    static PickleFacts judge(
            SortedSet<String> globals, SortedSet<String> following, boolean unresolved, Optional<String> error) {
        SortedSet<String> all = new TreeSet<>(globals);
        all.addAll(following);
        return new PickleFacts(
                List.copyOf(globals),
                List.copyOf(following),
                all.stream().filter(PickleDanger::dangerous).toList(),
                all.stream()
                        .filter(global ->
                                !dangerous(global) && !USUAL.matcher(global).matches())
                        .toList(),
                unresolved,
                error);
    }

    private static boolean dangerous(String global) {
        int dot = global.indexOf('.');
        String top = dot < 0 ? global : global.substring(0, dot);
        if (MODULES.contains(top)) {
            return !(top.endsWith("builtins") || top.equals("__builtin__"))
                    || !PLAIN_TYPES.contains(global.substring(dot + 1));
        }
        return PREFIXES.stream().anyMatch(prefix -> global.equals(prefix) || global.startsWith(prefix + "."));
    }
}
