package io.datavolume.importer.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** One entry of a journal. Lists hold no null, so that one that was read cannot fail later. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = JournalRecord.Header.class, name = "header"),
    @JsonSubTypes.Type(value = JournalRecord.Image.class, name = "image"),
    @JsonSubTypes.Type(value = JournalRecord.Ranges.class, name = "ranges"),
    @JsonSubTypes.Type(value = JournalRecord.Written.class, name = "written"),
    @JsonSubTypes.Type(value = JournalRecord.Position.class, name = "position"),
    @JsonSubTypes.Type(value = JournalRecord.Complete.class, name = "complete")})
public sealed interface JournalRecord {

    /** The run of the machine on which the record may be relied; empty for any, since what it says is synced. */
    default String boot() {
        return "";
    }

    /**
     * The first record: what the journal belongs to. A journal whose header is not equal to that of the present
     * transfer is thrown away.
     *
     * @param version of the journal and of the order in which drivers cut the image
     * @param validator of the source
     * @param target identity of the target
     * @param order what else decides how the image is read: declared format, checksum
     */
    record Header(int version, String validator, String target, String order) implements JournalRecord {}

    /**
     * What a stream turned out to hold; on resumption its head is not seen again.
     *
     * @param format id of the disk format
     * @param compressions what is around it, outermost first
     */
    record Image(String format, List<String> compressions) implements JournalRecord {
        public Image {
            compressions = List.copyOf(compressions);
        }
    }

    /**
     * File ranges of which everything is in the target and synced.
     *
     * @param starts first bytes
     * @param ends first bytes after, one for each start
     */
    record Ranges(List<Long> starts, List<Long> ends) implements JournalRecord {
        public Ranges {
            starts = List.copyOf(starts);
            ends = List.copyOf(ends);
        }
    }

    /**
     * File ranges of which everything is in the target, but not yet synced.
     *
     * @param boot id of the run of the machine that holds them in memory
     */
    record Written(String boot, List<Long> starts, List<Long> ends) implements JournalRecord {
        public Written {
            starts = List.copyOf(starts);
            ends = List.copyOf(ends);
        }
    }

    /**
     * A forward pass: everything below the position is in the target or in the spill.
     *
     * @param boot id of the run of the machine that holds it in memory; empty once it is synced
     * @param position in the image stream
     * @param reached offset in the source up to which was read, at least
     * @param spill length of each spill file
     * @param stages where each stage between source and image can start again, innermost (source side) first
     */
    record Position(String boot, long position, long reached, List<Long> spill,
            List<Stage> stages) implements JournalRecord {
        public Position {
            spill = List.copyOf(spill);
            stages = List.copyOf(stages);
        }
    }

    /** A restart point of one stage, as its own fields. */
    record Stage(long upstream, long offset, byte[] state) {}

    /**
     * All is written, verified and synced; only the name is missing.
     *
     * @param size final size of the disk in bytes
     */
    record Complete(long size) implements JournalRecord {}
}
