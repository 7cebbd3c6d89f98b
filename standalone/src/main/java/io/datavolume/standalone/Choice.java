package io.datavolume.standalone;

import io.datavolume.image.Format;
import io.datavolume.image.volume.CacheMode;
import io.datavolume.image.volume.Preallocation;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Enums as options write them, in lower case and kebab-case, both when they are read and when a shell completes
 * them.
 */
abstract class Choice<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {

    private final E[] values;

    private Choice(E[] values) {
        this.values = values;
    }

    static String id(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private List<String> names() {
        return Arrays.stream(values).map(Choice::id).toList();
    }

    @Override
    public E convert(String text) {
        return Arrays.stream(values).filter(value -> id(value).equals(text.toLowerCase(Locale.ROOT))).findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is none of " + String.join(", ", names())));
    }

    @Override
    public Iterator<String> iterator() {
        return names().iterator();
    }

    static final class Outputs extends Choice<OutputFormat> {
        Outputs() {
            super(OutputFormat.values());
        }
    }

    static final class Views extends Choice<GetCommand.View> {
        Views() {
            super(GetCommand.View.values());
        }
    }

    static final class Formats extends Choice<Format> {
        Formats() {
            super(Format.values());
        }
    }

    static final class Preallocations extends Choice<Preallocation> {
        Preallocations() {
            super(Preallocation.values());
        }
    }

    static final class Caches extends Choice<CacheMode> {
        Caches() {
            super(CacheMode.values());
        }
    }

    static final class Engines extends Choice<ConvertCommand.Engine> {
        Engines() {
            super(ConvertCommand.Engine.values());
        }
    }

    static final class Shells extends Choice<CompletionCommand.Shell> {
        Shells() {
            super(CompletionCommand.Shell.values());
        }
    }

}
