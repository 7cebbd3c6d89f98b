package io.datavolume.standalone;

/** How results are printed. */
enum OutputFormat {
    TEXT, JSON
}
