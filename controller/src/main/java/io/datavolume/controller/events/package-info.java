/** What the events of claims say, for who looks at the DataVolume or the target claim alone. */
@org.jspecify.annotations.NullMarked
package io.datavolume.controller.events;
