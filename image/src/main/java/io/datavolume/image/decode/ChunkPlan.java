package io.datavolume.image.decode;

import io.datavolume.image.ByteRange;
import java.util.List;

/** A file range that is read in one buffer, and what is written from it. */
record ChunkPlan(ByteRange range, List<Piece> pieces) {}
