package org.latentprint.evidence.image;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the libyal project's libraries for image formats, which all have the same shape: a handle is made, opened, read and
 * freed, and a failure fills an error that is asked for its words. By the headers of libewf 20140813, libqcow 20201213,
 * libvhdi 20210425 and libvmdk 20200926.
 */
@SuppressWarnings(
        "restricted") // The library is called on purpose: its functions and structures are those of a known release.
final class LibyalLibrary {
    /** The libraries' words are some hundred bytes. */
    private static final int MAX_MESSAGE = 1 << 10;

    /** A path that comes back is one that was given, with another ending; Linux takes 4,096 bytes. */
    private static final int MAX_PATH = 1 << 13;

    private final Kind kind;
    private final SymbolLookup symbols;
    private final Linker linker = Linker.nativeLinker();

    /** The libraries, each with its file, the names of its functions, and Debian's package. */
    enum Kind {
        EWF("libewf.so.2", "libewf", "libewf_handle", "read_random", "libewf2"),
        QCOW("libqcow.so.1", "libqcow", "libqcow_file", "read_buffer_at_offset", "libqcow1"),
        VHD("libvhdi.so.1", "libvhdi", "libvhdi_file", "read_buffer_at_offset", "libvhdi1"),
        VMDK("libvmdk.so.1", "libvmdk", "libvmdk_handle", "read_buffer_at_offset", "libvmdk1");

        private final String file;
        private final String library;
        private final String handle;
        private final String read;
        private final String debianPackage;

        Kind(String file, String library, String handle, String read, String debianPackage) {
            this.file = file;
            this.library = library;
            this.handle = handle;
            this.read = read;
            this.debianPackage = debianPackage;
        }

        String handle() {
            return handle;
        }

        String library() {
            return library;
        }

        String readFunction() {
            return handle + "_" + read;
        }

        String debianPackage() {
            return debianPackage;
        }
    }

    private LibyalLibrary(Kind kind, SymbolLookup symbols) {
        this.kind = kind;
        this.symbols = symbols;
    }

    /**
     * Loads a library.
     *
     * @throws IOException where it is not installed, with what to do
     */
    static LibyalLibrary load(Kind kind) throws IOException {
        try {
            return new LibyalLibrary(kind, SymbolLookup.libraryLookup(kind.file, Arena.global()));
        } catch (IllegalArgumentException absent) {
            throw new IOException("this image needs the library " + kind.file + ", which is not installed (Debian:"
                    + " apt-get install " + kind.debianPackage + ")");
        }
    }

    Kind kind() {
        return kind;
    }

    /** A function that takes some arguments and, behind them, where to put its error. */
    final class Function {
        private final String name;
        private final MethodHandle handle;

        private Function(String name, MethodHandle handle) {
            this.name = name;
            this.handle = handle.asSpreader(Object[].class, handle.type().parameterCount())
                    .asType(MethodType.methodType(Object.class, Object[].class));
        }

        /**
         * Calls it.
         *
         * @return what it returns, which is not negative
         * @throws IOException with the library's words where it fails
         */
        long call(Object... arguments) throws IOException {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment error = arena.allocate(ADDRESS);
                Object[] all = new Object[arguments.length + 1];
                System.arraycopy(arguments, 0, all, 0, arguments.length);
                all[arguments.length] = error;
                long result = ((Number) invoke(handle, all)).longValue();
                if (result < 0) {
                    throw new IOException(kind.library + " says: " + message(arena, error));
                }
                return result;
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * Returns a function.
     *
     * @param result what it returns
     * @param arguments without the error, which comes last
     */
    Function function(String name, MemoryLayout result, MemoryLayout... arguments) throws IOException {
        MemoryLayout[] all = new MemoryLayout[arguments.length + 1];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = ADDRESS;
        return new Function(name, find(name, FunctionDescriptor.of(result, all)));
    }

    private MethodHandle find(String name, FunctionDescriptor shape) throws IOException {
        MemorySegment symbol = symbols.find(name)
                .orElseThrow(() -> new IOException(kind.file + " lacks the function " + name
                        + "; install Debian's package " + kind.debianPackage + " anew"));
        return linker.downcallHandle(symbol, shape);
    }

    private String message(Arena arena, MemorySegment error) throws IOException {
        if (error.get(ADDRESS, 0).equals(MemorySegment.NULL)) {
            return "no reason given";
        }
        MemorySegment text = arena.allocate(MAX_MESSAGE);
        MethodHandle print =
                find(kind.library + "_error_sprint", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
        invokePlain(print, error.get(ADDRESS, 0), text, (long) MAX_MESSAGE);
        invokePlain(find(kind.library + "_error_free", FunctionDescriptor.ofVoid(ADDRESS)), error);
        int length = 0;
        while (length < MAX_MESSAGE && text.get(java.lang.foreign.ValueLayout.JAVA_BYTE, length) != 0) {
            length++;
        }
        return new String(
                        text.asSlice(0, length).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE),
                        StandardCharsets.UTF_8)
                .strip()
                .replace('\n', ' ');
    }

    /**
     * Returns texts that a library has put into an array.
     *
     * @param array of pointers to them
     * @param count how many there are
     */
    static List<String> texts(MemorySegment array, int count) {
        MemorySegment pointers = array.reinterpret(ADDRESS.byteSize() * count);
        List<String> texts = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            MemorySegment bytes = pointers.getAtIndex(ADDRESS, number).reinterpret(MAX_PATH);
            int length = 0;
            while (length < MAX_PATH && bytes.get(JAVA_BYTE, length) != 0) {
                length++;
            }
            texts.add(new String(bytes.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8));
        }
        return texts;
    }

    private static void invokePlain(MethodHandle function, Object... arguments) {
        invoke(
                function.asSpreader(Object[].class, function.type().parameterCount())
                        .asType(MethodType.methodType(Object.class, Object[].class)),
                arguments);
    }

    private static Object invoke(MethodHandle function, Object[] arguments) {
        try {
            return (Object) function.invokeExact(arguments);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException("a native function throws nothing", impossible);
        }
    }
}
