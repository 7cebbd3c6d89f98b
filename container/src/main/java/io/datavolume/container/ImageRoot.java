package io.datavolume.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the folders of the image's layers, those that change least first: {@code layers/runtime}, {@code /libraries} and
 * {@code /product}. What it makes runs here too, from {@code root}, where the archives of classes are trained.
 */
public final class ImageRoot {

    /** What the packer gives every file; an archive of classes is bound to it. */
    private static final FileTime TIME = FileTime.from(Instant.ofEpochSecond(1));
    private static final String OURS = "datavolume-";

    private final Path layers;
    private final Path root;

    private ImageRoot(Path folder) {
        this.layers = folder.resolve("layers");
        this.root = folder.resolve("root");
    }

    /**
     * @param args the build's folder, in which {@code jars} are; architecture; whether archives are wanted; folder of the
     *        architecture's modules, or empty for those of this JVM
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]);
        String modules = args.length > 3 ? args[3].strip() : "";
        ImageRoot image = new ImageRoot(folder);
        image.make(folder.resolve("jars"), args[1], Boolean.parseBoolean(args[2]), modules);
    }

    private void make(Path jars, String architecture, boolean archives, String modules)
            throws IOException, InterruptedException {
        remove(layers);
        remove(root);
        Path app = Files.createDirectories(root.resolve("app"));
        List<Path> classPath = copyJars(jars, app.resolve("lib"), architecture);
        boolean trained = archives && modules.isEmpty();
        JavaRuntime runtime = new JavaRuntime(root.resolve("jre"));
        runtime.link(modules);
        touch(root, TIME);
        for (Role role : Role.values()) {
            List<Path> needed = classPath.stream().filter(role::needs).toList();
            List<String> options = new ArrayList<>(role.options());
            if (trained) {
                new Training(runtime.java(), role, app, needed).run();
                options.add("-XX:SharedArchiveFile=/app/" + role.file() + ".jsa");
            }
            write(app.resolve(role.file()), options, role.main(), needed);
        }
        write(app.resolve("help"), List.of(), "--version", List.of());
        touch(root, TIME);
        split(app);
        // The packer knows a layer of an earlier build by its files' times.
        touch(layers, FileTime.from(Instant.now()));
    }

    private static List<Path> copyJars(Path jars, Path lib, String architecture) throws IOException {
        Files.createDirectories(lib);
        List<Path> names;
        try (Stream<Path> files = Files.list(jars)) {
            names = files.map(Path::getFileName).filter(name -> isFor(name.toString(), architecture)).sorted().toList();
        }
        for (Path name : names) {
            Files.copy(jars.resolve(name), lib.resolve(name));
            SignedJar.strip(lib.resolve(name));
        }
        return names;
    }

    /** Whether a jar is not one of native code for another platform. */
    private static boolean isFor(String jar, String architecture) {
        String wanted = architecture.equals("arm64") ? "linux-aarch_64" : "linux-x86_64";
        boolean ofPlatform = Stream.of("linux", "osx", "windows").anyMatch(os -> jar.contains("-" + os + "-"));
        return !ofPlatform || jar.contains(wanted);
    }

    private static void write(Path file, List<String> options, String main, List<Path> classPath) throws IOException {
        List<String> lines = new ArrayList<>(options);
        if (!classPath.isEmpty()) {
            // In the order in which the archive was made.
            lines.add("-cp " + classPath.stream().map(name -> "/app/lib/" + name).collect(Collectors.joining(":")));
        }
        lines.add(main);
        Files.write(file, lines);
    }

    private void split(Path app) throws IOException {
        move(root.resolve("jre"), layers.resolve("runtime/jre"));
        Path product = layers.resolve("product/app");
        Path libraries = Files.createDirectories(layers.resolve("libraries/app/lib"));
        move(app, product);
        try (Stream<Path> jars = Files.list(product.resolve("lib"))) {
            for (Path jar : jars.filter(jar -> !jar.getFileName().toString().startsWith(OURS)).toList()) {
                Files.move(jar, libraries.resolve(jar.getFileName()));
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void touch(Path folder, FileTime time) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(file -> !Files.isSymbolicLink(file)).toList()) {
                Files.setLastModifiedTime(file, time);
            }
        }
    }

    /** Removes a folder with all that is in it, if it is there. */
    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Runs a program of the build; what it says is shown when it fails. */
    static void run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException(String.format(Locale.ROOT, "%s ended with %d: %s", builder.command(), code, said));
        }
    }
}
