package io.datavolume.scenarios.datavolume;

import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Which of the scenarios on a node are in each run; {@code -Dnode=all} runs all of them. */
final class NodeSample implements ExecutionCondition {

    private static final Set<String> NAMES = Set.of("imageFromAWebServerBecomesTheDiskOfAClaim",
            "sizeThatIsLeftOutIsReadFromTheImage", "claimThatIsTooSmallKeepsItsImportInProgressAndSaysSo",
            "claimThatWaitsForItsFirstConsumerIsFilledWhenOneComes", "claimOfAUserIsFilledFromItsSource",
            "workerThatIsDeletedIsReplaced", "workerThatIsKilledGoesOnInItsPod",
            "workerThatRunsOutOfMemoryComesBackWithDirectIo", "progressShowsWhereNobodyReachesTheWorker");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean runs = "all".equals(System.getProperty("node"))
                || context.getTestMethod().map(method -> NAMES.contains(method.getName())).orElse(true);
        return runs
                ? ConditionEvaluationResult.enabled("of the sample")
                : ConditionEvaluationResult.disabled("not of the sample; -Dnode=all runs it");
    }
}
