package io.datavolume.standalone.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a state folder holds: the object files, then the journals over them.
 *
 * @param tables the objects
 * @param revision the highest that was ever given
 * @param changed what the journals speak of
 * @param journals that were read
 * @param end offset behind the last sound line of the last journal
 */
record Recovery(Tables tables, long revision, Set<Ref> changed, List<Path> journals, long end) {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final int ATTEMPTS = 20;

    /** Reads a folder that nobody writes. */
    static Recovery read(StateFolder state) throws IOException {
        Recovery found = readOnce(state);
        if (!found.journals().isEmpty()) {
            long left = Files.size(found.journals().getLast()) - found.end();
            if (left > 0) {
                LOG.warn("{}: {} bytes at its end were not written whole and do not count", found.journals().getLast(),
                        left);
            }
        }
        return found;
    }

    /**
     * Reads a folder that another process may write: again when journals became files meanwhile, since then some objects
     * may be newer than others.
     */
    static Recovery view(StateFolder state) throws IOException {
        for (int attempt = 1;; attempt++) {
            try {
                Recovery found = readOnce(state);
                if (found.journals().equals(state.allJournals())) {
                    return found;
                }
            } catch (NoSuchFileException e) {
                LOG.debug("{}: a journal became files while it was read", state.root());
            }
            if (attempt == ATTEMPTS) {
                throw new IOException("Tried to read the state folder " + state.root()
                        + " but another process changes it faster than it can be read: try again");
            }
        }
    }

    private static Recovery readOnce(StateFolder state) throws IOException {
        Tables tables = new Tables();
        Replay replay = new Replay(tables, state.savedRevision());
        // Before the objects: what is moved from journals into files meanwhile is then seen twice, not missed.
        List<Path> journals = state.allJournals();
        new ObjectFiles(state).readAll(replay::file);
        long end = 0;
        for (Path journal : journals) {
            end = JournalReader.read(journal, 0, replay::change);
        }
        return new Recovery(tables, replay.revision, replay.changed, journals, end);
    }

    private static final class Replay {

        private final Tables tables;
        private final Set<Ref> changed = new LinkedHashSet<>();
        private long revision;

        Replay(Tables tables, long revision) {
            this.tables = tables;
            this.revision = revision;
        }

        void file(Stored object) {
            tables.put(object);
            revision = Math.max(revision, object.metadata().revision());
        }

        void change(Change change) {
            revision = Math.max(revision, change.revision());
            changed.add(change.ref());
            // The file may be newer than the journal.
            if (tables.get(change.ref()).map(there -> there.metadata().revision() >= change.revision()).orElse(false)) {
                return;
            }
            change.after().ifPresentOrElse(tables::put, () -> tables.remove(change.ref()));
        }
    }
}
