package io.datavolume.scenarios.cluster;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/** Gives tests as a parameter what there is one of in a run; where there is none they are skipped. */
abstract class OfTheRun<T> implements ExecutionCondition, ParameterResolver {

    private final Class<T> type;
    private final Function<ExtensionContext, T> one;

    OfTheRun(Class<T> type, Function<ExtensionContext, T> one) {
        this.type = type;
        this.one = one;
    }

    /** The one of this run, made when it is first asked for; it is closed when the run ends. */
    static <V extends AutoCloseable> V one(ExtensionContext context, Class<V> type, Supplier<V> start) {
        return context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(type,
                any -> start.get(), type);
    }

    /** Asked of a class, before there is an instance of it: what aborts a constructor would count as an error. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            return ConditionEvaluationResult.enabled("as its class");
        }
        try {
            return ConditionEvaluationResult.enabled(Objects.requireNonNull(one.apply(context)) + " is there");
        } catch (TestAbortedException e) {
            return ConditionEvaluationResult.disabled(e.getMessage());
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == type;
    }

    @Override
    public T resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return one.apply(context);
    }
}
