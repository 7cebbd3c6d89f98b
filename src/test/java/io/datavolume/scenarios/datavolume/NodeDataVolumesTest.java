package io.datavolume.scenarios.datavolume;

import io.datavolume.scenarios.cluster.Node;
import io.datavolume.scenarios.cluster.OnNode;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a real node. A real worker takes its seconds, so that each run has a sample of these scenarios, and all of them are
 * run by {@code -Dnode=all}; docs/node-scenarios.md has the last record.
 */
@ExtendWith({OnNode.class, NodeDataVolumesTest.Sample.class})
class NodeDataVolumesTest extends DataVolumeScenarios {

    @TempDir
    private static Path folder;
    private final Node node;

    NodeDataVolumesTest(Node node) {
        this.node = node;
    }

    @Override
    Bed open() throws Exception {
        return new NodeBed(node, folder);
    }

    /** Which of the scenarios are in each run. */
    static final class Sample implements ExecutionCondition {

        private static final Set<String> NAMES = Set.of("imageFromAWebServerBecomesTheDiskOfAClaim",
                "sizeThatIsLeftOutIsReadFromTheImage", "claimThatIsTooSmallKeepsItsImportInProgressAndSaysSo",
                "claimThatWaitsForItsFirstConsumerIsFilledWhenOneComes", "claimOfAUserIsFilledFromItsSource",
                "workerThatIsDeletedIsReplaced");

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            boolean runs = "all".equals(System.getProperty("node"))
                    || context.getTestMethod().map(method -> NAMES.contains(method.getName())).orElse(true);
            return runs
                    ? ConditionEvaluationResult.enabled("of the sample")
                    : ConditionEvaluationResult.disabled("not of the sample; -Dnode=all runs it");
        }
    }
}
