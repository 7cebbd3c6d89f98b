/** Which format a file has, decided once from its first and last bytes; polyglots and strangers are refused by name. */
@NullMarked
package io.datavolume.image.detect;

import org.jspecify.annotations.NullMarked;
