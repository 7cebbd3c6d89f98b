/** The product installed on a real node, as an administrator does it. */
@org.jspecify.annotations.NullMarked
package io.datavolume.scenarios.installation;
