/** One storage profile for each storage class. */
@org.jspecify.annotations.NullMarked
package io.datavolume.controller.profile;
