package org.latentprint.evidence.image.sleuthkit;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;

/**
 * The functions of The Sleuth Kit's library that are used, by their names there ({@code tsk/libtsk.h} of release 4.11.1).
 * Thread-safe as far as the library is: each {@link SleuthKitImage} is used by one thread at a time.
 */
@SuppressWarnings(
        "restricted") // The library is called on purpose: its functions and structures are those of a known release.
public final class SleuthKit {
    /** The name under which the releases with the known structures are installed. */
    private static final String LIBRARY = "libtsk.so.19";

    /** The library keeps its own words within this. */
    private static final int MAX_MESSAGE = 1 << 10;

    private final SleuthKitLayout layout;
    private final String version;
    private final SymbolLookup symbols;
    private final Linker linker = Linker.nativeLinker();
    private final MethodHandle imgOpenExternal;
    private final MethodHandle imgClose;
    private final MethodHandle vsOpen;
    private final MethodHandle vsClose;
    private final MethodHandle fsOpen;
    private final MethodHandle fsClose;
    private final MethodHandle dirOpen;
    private final MethodHandle dirSize;
    private final MethodHandle dirGet;
    private final MethodHandle dirClose;
    private final MethodHandle fileOpen;
    private final MethodHandle fileClose;
    private final MethodHandle attrCount;
    private final MethodHandle attrGet;
    private final MethodHandle attrRead;
    private final MethodHandle blockWalk;
    private final MethodHandle poolOpen;
    private final MethodHandle poolClose;
    private final MethodHandle poolFree;
    private final MethodHandle runsFree;
    private final MethodHandle typeName;
    private final MethodHandle errorGet;
    private final MethodHandle errorReset;

    private SleuthKit(SymbolLookup symbols) throws SleuthKitMissing {
        this.symbols = symbols;
        this.version = text(address(function("tsk_version_get_str", FunctionDescriptor.of(ADDRESS))));
        this.layout = SleuthKitLayout.of(version);
        imgOpenExternal = function(
                "tsk_img_open_external",
                FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
        imgClose = function("tsk_img_close", FunctionDescriptor.ofVoid(ADDRESS));
        vsOpen = function("tsk_vs_open", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT));
        vsClose = function("tsk_vs_close", FunctionDescriptor.ofVoid(ADDRESS));
        fsOpen = function("tsk_fs_open_img", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT));
        fsClose = function("tsk_fs_close", FunctionDescriptor.ofVoid(ADDRESS));
        dirOpen = function("tsk_fs_dir_open_meta", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG));
        dirSize = function("tsk_fs_dir_getsize", FunctionDescriptor.of(JAVA_LONG, ADDRESS));
        dirGet = function("tsk_fs_dir_get", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG));
        dirClose = function("tsk_fs_dir_close", FunctionDescriptor.ofVoid(ADDRESS));
        fileOpen = function("tsk_fs_file_open_meta", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));
        fileClose = function("tsk_fs_file_close", FunctionDescriptor.ofVoid(ADDRESS));
        attrCount = function("tsk_fs_file_attr_getsize", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        attrGet = function("tsk_fs_file_attr_get_idx", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
        attrRead = function(
                "tsk_fs_attr_read", FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT));
        blockWalk = function(
                "tsk_fs_block_walk",
                FunctionDescriptor.of(JAVA_BYTE, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS));
        poolOpen = function("tsk_pool_open_img_sing", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT));
        poolClose = function("tsk_pool_close", FunctionDescriptor.ofVoid(ADDRESS));
        poolFree = function("tsk_pool_unallocated_runs", FunctionDescriptor.of(ADDRESS, ADDRESS));
        runsFree = function("tsk_fs_attr_run_free", FunctionDescriptor.ofVoid(ADDRESS));
        typeName = function("tsk_fs_type_toname", FunctionDescriptor.of(ADDRESS, JAVA_INT));
        errorGet = function("tsk_error_get", FunctionDescriptor.of(ADDRESS));
        errorReset = function("tsk_error_reset", FunctionDescriptor.ofVoid());
    }

    /**
     * Loads the library.
     *
     * @throws SleuthKitMissing where it is not installed, or is a release whose structures are not known
     */
    public static SleuthKit load() throws SleuthKitMissing {
        SymbolLookup symbols;
        try {
            symbols = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
        } catch (IllegalArgumentException absent) {
            throw new SleuthKitMissing("disk images need The Sleuth Kit's library " + LIBRARY
                    + ", which is not installed (Debian 12: apt-get install libtsk19)");
        }
        SleuthKit kit = new SleuthKit(symbols);
        kit.useUtc();
        SelfTest.run(kit);
        return kit;
    }

    /** Returns the library's release, such as {@code 4.11.1}. */
    public String version() {
        return version;
    }

    /** The library takes FAT's times, which have no zone, as times of the process's zone. */
    private void useUtc() throws SleuthKitMissing {
        SymbolLookup system = linker.defaultLookup();
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle setenv = general(linker.downcallHandle(
                    system.find("setenv").orElseThrow(() -> new SleuthKitMissing("this system has no setenv")),
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT)));
            MethodHandle tzset = general(linker.downcallHandle(
                    system.find("tzset").orElseThrow(() -> new SleuthKitMissing("this system has no tzset")),
                    FunctionDescriptor.ofVoid()));
            int status = (int) call(setenv, arena.allocateFrom("TZ"), arena.allocateFrom("UTC"), 1);
            if (status != 0) {
                throw new SleuthKitMissing("the zone of times could not be set to UTC");
            }
            call(tzset);
        }
    }

    SleuthKitLayout layout() {
        return layout;
    }

    MemorySegment imgOpenExternal(
            MemorySegment info,
            long size,
            int sectorSize,
            MemorySegment read,
            MemorySegment close,
            MemorySegment stat) {
        return (MemorySegment) call(imgOpenExternal, info, size, sectorSize, read, close, stat);
    }

    void imgClose(MemorySegment image) {
        call(imgClose, image);
    }

    MemorySegment vsOpen(MemorySegment image, long offset) {
        return (MemorySegment) call(vsOpen, image, offset, 0);
    }

    void vsClose(MemorySegment volumes) {
        call(vsClose, volumes);
    }

    MemorySegment fsOpen(MemorySegment image, long offset, int type) {
        return (MemorySegment) call(fsOpen, image, offset, type);
    }

    void fsClose(MemorySegment fileSystem) {
        call(fsClose, fileSystem);
    }

    MemorySegment dirOpen(MemorySegment fileSystem, long address) {
        return (MemorySegment) call(dirOpen, fileSystem, address);
    }

    long dirSize(MemorySegment folder) {
        return (long) call(dirSize, folder);
    }

    MemorySegment dirGet(MemorySegment folder, long index) {
        return (MemorySegment) call(dirGet, folder, index);
    }

    void dirClose(MemorySegment folder) {
        call(dirClose, folder);
    }

    MemorySegment fileOpen(MemorySegment fileSystem, long address) {
        return (MemorySegment) call(fileOpen, fileSystem, MemorySegment.NULL, address);
    }

    void fileClose(MemorySegment file) {
        call(fileClose, file);
    }

    int attrCount(MemorySegment file) {
        return (int) call(attrCount, file);
    }

    MemorySegment attrGet(MemorySegment file, int index) {
        return (MemorySegment) call(attrGet, file, index);
    }

    long attrRead(MemorySegment attribute, long offset, MemorySegment target, long length) {
        return (long) call(attrRead, attribute, offset, target, length, 0);
    }

    boolean blockWalk(MemorySegment fileSystem, long first, long last, int flags, MemorySegment callback) {
        return (byte) call(blockWalk, fileSystem, first, last, flags, callback, MemorySegment.NULL) == 0;
    }

    MemorySegment poolOpen(MemorySegment image, long offset, int type) {
        return (MemorySegment) call(poolOpen, image, offset, type);
    }

    void poolClose(MemorySegment pool) {
        call(poolClose, pool);
    }

    MemorySegment poolFree(MemorySegment pool) {
        return (MemorySegment) call(poolFree, pool);
    }

    void freeRuns(MemorySegment first) {
        if (!first.equals(MemorySegment.NULL)) {
            call(runsFree, first);
        }
    }

    /** Calls a pool's own function that gives the image of one of its volumes. */
    MemorySegment poolImage(Struct pool, long block) {
        MethodHandle image = general(linker.downcallHandle(
                pool.function("get_img_info"), FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG)));
        return (MemorySegment) call(image, pool.pointer(), block);
    }

    /** Returns the library's word for a file system, such as {@code ntfs}. */
    String typeName(int type) {
        return text((MemorySegment) call(typeName, type));
    }

    /** Returns what the library says of the last failure in this thread, in one line, and forgets it. */
    String takeError() {
        String message = text((MemorySegment) call(errorGet));
        call(errorReset);
        return message.isBlank() ? "no reason given" : message.strip().replace('\n', ' ');
    }

    /** Makes a function of the library's out of a Java one. What it throws would end the program: it must not throw. */
    MemorySegment upcall(MethodHandle target, FunctionDescriptor shape, Arena arena) {
        return linker.upcallStub(target, shape, arena);
    }

    private MethodHandle function(String name, FunctionDescriptor shape) throws SleuthKitMissing {
        return general(linker.downcallHandle(
                symbols.find(name)
                        .orElseThrow(() -> new SleuthKitMissing(
                                LIBRARY + " lacks the function " + name + "; install Debian's libtsk19 anew")),
                shape));
    }

    /** All functions take an array of arguments, so that one place calls them all. */
    private static MethodHandle general(MethodHandle function) {
        return function.asSpreader(Object[].class, function.type().parameterCount())
                .asType(MethodType.methodType(Object.class, Object[].class));
    }

    private static MemorySegment address(MethodHandle function) {
        return (MemorySegment) call(function);
    }

    private static Object call(MethodHandle function, Object... arguments) {
        try {
            return (Object) function.invokeExact(arguments);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException("a native function throws nothing", impossible);
        }
    }

    private static String text(MemorySegment pointer) {
        if (pointer.equals(MemorySegment.NULL)) {
            return "";
        }
        MemorySegment bytes = pointer.reinterpret(MAX_MESSAGE);
        int length = 0;
        while (length < MAX_MESSAGE && bytes.get(JAVA_BYTE, length) != 0) {
            length++;
        }
        return new String(bytes.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
    }
}
