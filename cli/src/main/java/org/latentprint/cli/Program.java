package org.latentprint.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Which program is running, as a report must state it.
 *
 * @param version of latentprint
 * @param build the commit it was built from; {@code unknown} where it was built outside a checkout
 * @param fileSha256 digest of the program's file; {@code not one file} when it runs from a folder of classes
 * @param java the runtime's name and version
 * @param system operating system, version and architecture
 */
record Program(String version, String build, String fileSha256, String java, String system) {

    static Program running() {
        Path code = codeFolderOrFile();
        Optional<Manifest> manifest = manifest(code);
        return new Program(
                attribute(manifest, "Implementation-Version").orElse("development"),
                attribute(manifest, "Implementation-Build").orElse("unknown"),
                Files.isRegularFile(code) ? sha256(code) : "not one file",
                System.getProperty("java.vm.vendor", "") + " " + Runtime.version(),
                System.getProperty("os.name", "") + " " + System.getProperty("os.version", "") + " "
                        + System.getProperty("os.arch", ""));
    }

    private static Path codeFolderOrFile() {
        try {
            URI location = Program.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            return Path.of(location);
        } catch (URISyntaxException failure) {
            throw new IllegalStateException("the program's own place is no path", failure);
        }
    }

    private static Optional<Manifest> manifest(Path code) {
        if (!Files.isRegularFile(code)) {
            return Optional.empty();
        }
        try (JarFile jar = new JarFile(code.toFile())) {
            return Optional.ofNullable(jar.getManifest());
        } catch (IOException failure) {
            throw new UncheckedIOException("the program's own file cannot be read: " + code, failure);
        }
    }

    private static Optional<String> attribute(Optional<Manifest> manifest, String name) {
        return manifest.flatMap(
                found -> Optional.ofNullable(found.getMainAttributes().getValue(name)));
    }

    private static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (IOException failure) {
            throw new UncheckedIOException("the program's own file cannot be read: " + file, failure);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
