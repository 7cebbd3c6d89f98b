package io.datavolume.scenarios.cluster;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.standalone.local.LocalCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a state folder. */
class LocalClusterContractTest extends ClusterContract {

    private static final AtomicInteger TESTS = new AtomicInteger();

    @TempDir
    private static Path folder;
    private static @Nullable LocalCluster cluster;
    private String namespace = "";

    @BeforeAll
    static void open() throws IOException {
        cluster = LocalCluster.open(folder.resolve("state"), Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void chooseNamespace() {
        namespace = "contract-" + TESTS.incrementAndGet();
    }

    @Override
    public Cluster cluster() {
        return Objects.requireNonNull(cluster);
    }

    @Override
    public String namespace() {
        return namespace;
    }
}
