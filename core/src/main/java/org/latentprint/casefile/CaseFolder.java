package org.latentprint.casefile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A case on disk: a folder, private to its owner, with {@code case.duckdb}, {@code audit.jsonl}, {@code settings.toml}. */
public final class CaseFolder implements AutoCloseable {
    private static final String DATABASE = "case.duckdb";
    private static final String AUDIT = "audit.jsonl";
    private static final String SETTINGS = "settings.toml";

    private final Path path;
    private final CaseSettings settings;
    private final CaseDatabase database;
    private final AuditLog audit;
    private final InstantSource clock;

    private CaseFolder(Path path, CaseSettings settings, CaseDatabase database, AuditLog audit, InstantSource clock) {
        this.path = path;
        this.settings = settings;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes a case.
     *
     * @param path of the folder; it must not exist, or be empty
     * @param settings written to {@code settings.toml}
     * @param clock of the audit log
     * @throws CaseException where there is something already
     * @throws IOException where the folder cannot be made
     */
    public static CaseFolder create(Path path, CaseSettings settings, InstantSource clock)
            throws CaseException, IOException {
        if (Files.exists(path)) {
            requireEmpty(path);
        }
        // Made beside its place and moved there as a whole, so that a process killed on the way leaves no half of a
        // case.
        Path place = path.toAbsolutePath();
        Path parent = Objects.requireNonNull(place.getParent(), "a case is no root folder");
        Files.createDirectories(parent, ownerOnly(path));
        Path made = Files.createTempDirectory(parent, ".latentprint-new-", ownerOnly(path));
        Files.writeString(
                made.resolve(SETTINGS), settings.toToml(), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        CaseDatabase.create(made).close();
        TreeMap<String, Object> details = new TreeMap<>();
        details.put("schema_version", CaseDatabase.SCHEMA_VERSION);
        try (AuditLog audit = AuditLog.open(made.resolve(AUDIT), clock)) {
            audit.append("case created", details);
        }
        Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
        return open(path, clock);
    }

    /**
     * Opens a case to scan into it. One process at a time can.
     *
     * @throws CaseException where it is no case, has another version's schema, or is in use
     * @throws IOException where its files cannot be read
     */
    public static CaseFolder open(Path path, InstantSource clock) throws CaseException, IOException {
        return open(path, clock, CaseDatabase.Access.WRITE, Optional.empty());
    }

    /**
     * Opens a case to read it: for reports, checks and exports. What is done can still be noted in the audit log.
     *
     * @throws CaseException where it is no case, has another version's schema, or is being written to
     * @throws IOException where its files cannot be read
     */
    public static CaseFolder openToRead(Path path, InstantSource clock) throws CaseException, IOException {
        return open(path, clock, CaseDatabase.Access.READ, Optional.empty());
    }

    static CaseFolder open(Path path, InstantSource clock, CaseDatabase.Access access, Optional<Path> exportFolder)
            throws CaseException, IOException {
        for (String name : new String[] {DATABASE, AUDIT}) {
            if (!Files.isRegularFile(path.resolve(name))) {
                throw new CaseException(
                        path + " is no case: it has no file " + name + "; check the path, or make a case with scan");
            }
        }
        Path settingsFile = path.resolve(SETTINGS);
        CaseSettings settings = Files.exists(settingsFile)
                ? CaseSettings.fromToml(Files.readString(settingsFile, StandardCharsets.UTF_8))
                : CaseSettings.DEFAULT;
        CaseDatabase database = CaseDatabase.open(path, access, exportFolder);
        return new CaseFolder(path, settings, database, AuditLog.open(path.resolve(AUDIT), clock), clock);
    }

    public Path path() {
        return path;
    }

    public CaseSettings settings() {
        return settings;
    }

    public CaseDatabase database() {
        return database;
    }

    public AuditLog audit() {
        return audit;
    }

    /** Returns the clock that dates what is done to the case. */
    public InstantSource clock() {
        return clock;
    }

    /** Checks the chain of the audit log. */
    public AuditLog.Verdict verifyAudit() throws IOException {
        return AuditLog.verify(path.resolve(AUDIT));
    }

    @Override
    public void close() throws CaseException, IOException {
        try {
            database.close();
        } finally {
            audit.close();
        }
    }

    private static void requireEmpty(Path path) throws CaseException, IOException {
        if (!Files.isDirectory(path)) {
            throw new CaseException(path + " is a file; a case is a folder, choose another path");
        }
        try (Stream<Path> entries = Files.list(path)) {
            if (entries.findAny().isPresent()) {
                throw new CaseException(path + " is not empty and no case; choose a new or an empty folder");
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        return hasPermissions(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean hasPermissions(Path path) {
        return path.getFileSystem().equals(FileSystems.getDefault())
                && path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
