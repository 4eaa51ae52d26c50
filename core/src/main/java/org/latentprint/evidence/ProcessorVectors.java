package org.latentprint.evidence;

import java.lang.module.ModuleFinder;

/**
 * Whether this process may use the vectors of its processor from Java. That takes the incubating module
 * {@code jdk.incubator.vector}, with which a process has to be started; what uses it needs another way without.
 */
public final class ProcessorVectors {
    /** A system property; where it is {@code false}, the program does not start itself with the module. */
    public static final String PROPERTY = "latentprint.lanes";

    private static final String MODULE = "jdk.incubator.vector";

    /** What Java prints when it starts with {@link #javaOption()}. */
    public static final String JAVA_NOTICE = "WARNING: Using incubator modules: " + MODULE;

    private ProcessorVectors() {}

    /** Says whether a process of this Java runtime could be started with the module, and nobody has forbidden it. */
    public static boolean arePossible() {
        return ModuleFinder.ofSystem().find(MODULE).isPresent()
                && Boolean.parseBoolean(System.getProperty(PROPERTY, "true"));
    }

    /** Returns the option of the {@code java} command that starts a process with the module. */
    public static String javaOption() {
        return "--add-modules=" + MODULE;
    }

    /** Says whether this process has the module. Only then may classes that use it be loaded. */
    public static boolean areHere() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }
}
