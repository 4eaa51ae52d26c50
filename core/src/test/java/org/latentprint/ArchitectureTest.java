package org.latentprint;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.FileOutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The house rules of the design, each with its reason. */
class ArchitectureTest {
    private static final JavaClasses CORE =
            new ClassFileImporter(Set.of(new ImportOption.DoNotIncludeTests())).importPackages("org.latentprint");

    private static final Set<String> READING = Set.of(
            "exists",
            "getAttribute",
            "getFileStore",
            "isDirectory",
            "isRegularFile",
            "isSameFile",
            "isSymbolicLink",
            "lines",
            "list",
            "newBufferedReader",
            "newDirectoryStream",
            "newInputStream",
            "notExists",
            "readAllBytes",
            "readAllLines",
            "readAttributes",
            "readString",
            "readSymbolicLink",
            "size",
            "walk");

    @Test
    void theArrowsPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("evidence")
                .definedBy("org.latentprint.evidence..")
                .layer("container")
                .definedBy("org.latentprint.container..")
                .layer("generator")
                .definedBy("org.latentprint.generator..")
                .layer("modelfile")
                .definedBy("org.latentprint.modelfile..")
                .layer("fingerprint")
                .definedBy("org.latentprint.fingerprint..")
                .layer("scan")
                .definedBy("org.latentprint.scan..")
                .layer("casefile")
                .definedBy("org.latentprint.casefile..")
                .layer("link")
                .definedBy("org.latentprint.link..")
                .layer("watch")
                .definedBy("org.latentprint.watch..")
                .layer("report")
                .definedBy("org.latentprint.report..")
                .whereLayer("evidence")
                .mayNotAccessAnyLayer()
                .whereLayer("container")
                .mayOnlyAccessLayers("evidence")
                .whereLayer("generator")
                .mayOnlyAccessLayers("container", "evidence")
                .whereLayer("modelfile")
                .mayOnlyAccessLayers("evidence")
                .whereLayer("fingerprint")
                .mayOnlyAccessLayers("evidence")
                .whereLayer("casefile")
                .mayOnlyAccessLayers("evidence", "container", "generator", "modelfile", "fingerprint")
                .whereLayer("scan")
                .mayOnlyAccessLayers("evidence", "container", "generator", "modelfile", "fingerprint", "casefile")
                .whereLayer("link")
                .mayOnlyAccessLayers("casefile")
                .whereLayer("watch")
                .mayOnlyAccessLayers("casefile", "evidence")
                .whereLayer("report")
                .mayOnlyAccessLayers(
                        "casefile", "link", "evidence", "container", "generator", "modelfile", "fingerprint")
                .because(
                        "a reader can be understood, tested and replaced without the rest only as long as nothing on the"
                                + " left of the design's picture knows what is on its right")
                .check(CORE);
    }

    @Test
    void nothingThatTouchesEvidenceCanWrite() {
        noClasses()
                .that(resideInAnyPackage(
                        "org.latentprint.evidence..",
                        "org.latentprint.container..",
                        "org.latentprint.generator..",
                        "org.latentprint.modelfile..",
                        "org.latentprint.fingerprint..",
                        "org.latentprint.scan.."))
                .should()
                .callMethodWhere(new DescribedPredicate<JavaMethodCall>("a method of Files that can write") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        return call.getTargetOwner().isEquivalentTo(Files.class) && !READING.contains(call.getName());
                    }
                })
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(FileOutputStream.class, RandomAccessFile.class, java.io.FileWriter.class)
                .because("evidence is read-only always: no file may be created, changed, renamed or locked near it")
                .check(CORE);
    }

    @Test
    void onlyTheEvidencePackageOpensFilesOfASource() {
        noClasses()
                .that(resideInAnyPackage(
                        "org.latentprint.container..",
                        "org.latentprint.generator..",
                        "org.latentprint.modelfile..",
                        "org.latentprint.fingerprint..",
                        "org.latentprint.scan.."))
                .should()
                .dependOnClassesThat(resideInAPackage("java.nio.file..")
                        .or(resideInAPackage("java.nio.channels.."))
                        .or(DescribedPredicate.describe(
                                "java.io streams of files",
                                type -> type.getFullName().startsWith("java.io.File"))))
                .because("archives and disk images are read by the same readers: bytes come through EvidenceBytes only")
                .check(CORE);
    }

    @Test
    void evidenceChannelsAreOpenedInOnePlace() {
        noClasses()
                .that(resideInAPackage("org.latentprint.evidence.."))
                .and(DescribedPredicate.not(simpleName("FileBytes")))
                .should()
                .callMethodWhere(new DescribedPredicate<JavaMethodCall>("FileChannel.open or Files.newByteChannel") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        return call.getName().equals("newByteChannel")
                                || (call.getTargetOwner().isEquivalentTo(FileChannel.class)
                                        && call.getName().equals("open"));
                    }
                })
                .because(
                        "one small class opens evidence, with READ and without following links, and can be read in a minute")
                .check(CORE);
    }

    @Test
    void nothingOpensASocket() {
        noClasses()
                .should()
                .accessTargetWhere(new DescribedPredicate<JavaAccess<?>>("the network") {
                    @Override
                    public boolean test(JavaAccess<?> access) {
                        String owner = access.getTargetOwner().getFullName();
                        return (owner.startsWith("java.net.") && !owner.equals("java.net.URI"))
                                || owner.startsWith("javax.net.")
                                || owner.matches("java\\.nio\\.channels\\..*Socket.*");
                    }
                })
                .because(
                        "an examiner's machine has no network, and evidence must not reach one; only the web module listens,"
                                + " on 127.0.0.1")
                .check(CORE);
    }

    @Test
    void coreDoesNotPrint() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("results and progress are written by the command line, which escapes them for a terminal")
                .check(CORE);
    }

    @Test
    void nothingIsGlobalAndMutable() {
        noFields()
                .that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat(resideInAPackage("org.latentprint.."))
                .and(DescribedPredicate.describe(
                        "written in our sources",
                        field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC)
                                && !field.getOwner().getFullName().contains(".jte.")))
                .should()
                .notBeFinal()
                .because("a reader that keeps something beyond its item can give one file another file's prompt")
                .check(CORE);
    }

    @Test
    void noBagsOfLeftovers() {
        classes()
                .should()
                .haveNameNotMatching(".*(Utils?|Helper|Manager)")
                .because("a class is named for its one job")
                .check(CORE);
    }
}
