/**
 * Whether an object may be what it is, told from the object alone. {@link io.datavolume.api.validation.ObjectSchema}
 * checks fields and types by the definition of the kind, {@link io.datavolume.api.validation.DataVolumeRules} what no
 * schema can say. An API server checks the same by the rules in the definition; the texts are the same.
 */
@org.jspecify.annotations.NullMarked
package io.datavolume.api.validation;
