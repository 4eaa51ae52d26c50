package org.latentprint.evidence;

import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether this process may use the vectors of its processor from Java. That takes the incubating module
 * {@code jdk.incubator.vector}, with which a process has to be started; what uses it needs another way without.
 */
public final class ProcessorVectors {
    /** A system property; where it is {@code false}, the program does not start itself with the module. */
    public static final String PROPERTY = "latentprint.lanes";

    private static final String MODULE = "jdk.incubator.vector";

    /** The classes whose methods handle vectors. */
    static final List<String> USERS = List.of(
            "org.latentprint.fingerprint.Md5Lanes",
            "org.latentprint.evidence.carve.VectorPairs",
            "org.latentprint.modelfile.Blake3Lanes");

    /** What Java prints when it starts with {@link #javaOptions()}. */
    public static final String JAVA_NOTICE = "WARNING: Using incubator modules: " + MODULE;

    private ProcessorVectors() {}

    /** Says whether a process of this Java runtime could be started with the module, and nobody has forbidden it. */
    public static boolean arePossible() {
        return ModuleFinder.ofSystem().find(MODULE).isPresent()
                && Boolean.parseBoolean(System.getProperty(PROPERTY, "true"));
    }

    /**
     * Returns the options of the {@code java} command that start a process with the module. Vectors live in registers only
     * where Java compiles all that handles them into one piece, whatever else it is told of the size of methods.
     */
    public static List<String> javaOptions() {
        List<String> options = new ArrayList<>();
        options.add("--add-modules=" + MODULE);
        options.add("-XX:CompileCommand=quiet");
        for (String user : USERS) {
            options.add("-XX:CompileCommand=inline," + user + "::*");
        }
        return options;
    }

    /** Says whether this process has the module. Only then may classes that use it be loaded. */
    public static boolean areHere() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }
}
