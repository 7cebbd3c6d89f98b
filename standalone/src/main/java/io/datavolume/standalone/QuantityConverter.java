package io.datavolume.standalone;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Quantities as picocli reads them. */
final class QuantityConverter implements ITypeConverter<Quantity> {

    @Override
    public Quantity convert(String text) {
        try {
            return Quantity.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
