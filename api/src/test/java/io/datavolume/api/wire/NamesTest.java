package io.datavolume.api.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Expected names were computed with Go's hash/fnv by the rules of OpenShift's library-go, package build/naming. */
class NamesTest {

    private static final String LONG = "long.disk-name-".repeat(16);

    @Test
    void namesThatFitAreJoined() {
        assertEquals("importer-disk", Names.importer("disk"));
        assertEquals(LONG + "abcde-scratch", Names.scratch(LONG + "abcde"));
        assertEquals("importer-" + LONG + "abcd", Names.importer(LONG + "abcd"));
        assertEquals("importer-disk-checkpoint-snap-1", Names.importer("disk", "snap-1"));
        assertEquals("cdi-upload-disk-1", Names.uploadService("disk.1"));
    }

    @Test
    void baseIsCutAndHashedWhereTheSuffixLeavesRoom() {
        String head = LONG.substring(0, 236);
        assertEquals(head + "-eb6fbd2a-scratch", Names.scratch(LONG + "abcdef"));
        assertEquals(head + "-284157e8-scratch", Names.scratch(LONG + "abcdefghijklm"));
        assertEquals(Names.MAX_NAME, Names.scratch(LONG + "abcdef").length());
    }

    @Test
    void suffixIsHashedWhereItLeavesNoRoom() {
        assertEquals("importer-7bdf6fd1", Names.importer(LONG + "abcde"));
        assertEquals("importer-5fcb7899", Names.importer(LONG + "abcdefghijklm"));
        assertEquals("cdi-upload-e36f7d14", Names.upload(LONG + "abcd"));
    }

    @Test
    void nameNeverBeginsWithADash() {
        // Here library-go leaves no character of the base, which is no name.
        String name = Names.upload(LONG + "abc");
        assertTrue(name.startsWith("cdi-upload-"), name);
    }

    @Test
    void labelsHaveNoDotsAndSixtyThreeCharacters() {
        String pod = Names.upload("golden.image-".repeat(5));
        assertEquals("cdi-upload-golden-image-golden-image-golden-image--81260420-cdi", Names.label(pod));
        assertEquals(Names.MAX_LABEL, Names.label(pod).length());
        assertEquals("short-name", Names.label("short.name"));
    }

    @Test
    void hashIsFnv32a() {
        assertEquals("811c9dc5", Names.fnv32a(""));
        assertEquals("e40c292c", Names.fnv32a("a"));
        assertEquals("bf9cf968", Names.fnv32a("foobar"));
        assertEquals("1a95c16f", Names.fnv32a("datavolume"));
    }

    @Test
    void importedNamesHaveTwelveDigitsOfTheDigest() {
        assertEquals("fedora-0123456789ab", Names.imported("fedora", "sha256:0123456789abcdef"));
        assertEquals("fedora-12ab", Names.imported("fedora", "uid:12ab"));
        assertEquals("initial-job-cron-12345678", Names.initialJob(Names.cronJob("cron", "12345678-90ab")));
    }
}
