package io.datavolume.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {

    @Test
    void bashCompletesCommandsOptionsAndValues(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(folder.resolve("cdi.bash"), Run.of("completion", "bash").out());
        Process bash = new ProcessBuilder("bash", "--norc", "-c",
                """
                        source "$1"
                        complete -p cdi
                        compopt() { :; } # works in a real completion only
                        words() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _complete_cdi; echo "${COMPREPLY[*]}"; }
                        words cdi imp
                        words cdi import --prea
                        words cdi import --preallocation fa
                        words cdi import --format vh
                        words cdi convert --engine q
                        """,
                "bash", script.toString()).redirectErrorStream(true).start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, bash.waitFor(), said);
        assertTrue(said.contains("-o default") && said.contains("_complete_cdi")
                && said.endsWith("import\n--preallocation\nfalloc\nvhd vhdx\nqemu-img\n"), said);
    }

    @Test
    void sourceMayBeAFileWhereNothingElseFits() {
        String script = Run.of("completion", "bash").out();
        assertTrue(script.contains("complete -F _complete_cdi -o default cdi"), script);
        assertFalse(script.contains("+o default"), script);
    }
}
