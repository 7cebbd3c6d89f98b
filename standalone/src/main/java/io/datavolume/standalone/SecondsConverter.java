package io.datavolume.standalone;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Spans of time as picocli reads them. */
final class SecondsConverter implements ITypeConverter<Seconds> {

    @Override
    public Seconds convert(String text) {
        try {
            return Seconds.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
