package io.datavolume.scenarios;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.datavolume", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    @ArchTest
    static final ArchRule dataPlaneKnowsNoKubernetes = noClasses().that()
            .resideInAnyPackage("io.datavolume.image..", "io.datavolume.importer..").should().dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "io.kubernetes..");

    @ArchTest
    static final ArchRule imageEngineKnowsNoNetworkClient = noClasses().that()
            .resideInAPackage("io.datavolume.image..").should().dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..", "io.datavolume.importer..", "java.net.http..");

    @ArchTest
    static final ArchRule importerKnowsNoCommand = noClasses().that().resideInAPackage("io.datavolume.importer..")
            .should().dependOnClassesThat().resideInAnyPackage("io.datavolume.standalone..", "picocli..");

    @ArchTest
    static final ArchRule layoutsDoNoIo = noClasses().that()
            .resideInAnyPackage("io.datavolume.image.raw..", "io.datavolume.image.qcow2..",
                    "io.datavolume.image.vmdk..", "io.datavolume.image.vhd..", "io.datavolume.image.vhdx..",
                    "io.datavolume.image.vdi..")
            .should().dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "io.datavolume.image.decode..",
                    "io.datavolume.image.volume..", "io.datavolume.image.os..");
}
