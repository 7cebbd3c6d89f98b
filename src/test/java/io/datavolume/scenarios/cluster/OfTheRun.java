package io.datavolume.scenarios.cluster;

import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests as a parameter what there is one of in a run; where there is none they are skipped. */
abstract class OfTheRun<T> implements BeforeAllCallback, ParameterResolver {

    private final Class<T> type;
    private final Function<ExtensionContext, T> one;

    OfTheRun(Class<T> type, Function<ExtensionContext, T> one) {
        this.type = type;
        this.one = one;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // Asked for before the first test, so that all are skipped at once.
        Objects.requireNonNull(one.apply(context));
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
