package io.datavolume.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Rewrites jars whose classes are of a version before 50, as those of a library for Java 5: the JVM keeps none of these
 * in its archive, since their verification by inference is done at each start, which takes longer than all else that a
 * short command does. The code stays as it is; it gets the stack maps that later versions have.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se25/html/jvms-4.html#jvms-4.10">JVM specification 4.10,
 *      Verification of class files</a>
 */
final class OldClasses {

    private static final int FIRST_WITH_STACK_MAPS = 50;
    private static final Predicate<JarEntry> IS_CLASS = entry -> entry.getName().endsWith(".class");

    private OldClasses() {}

    /** @param args jars, which are replaced; one whose classes are new stays as it is */
    public static void main(String[] args) throws IOException {
        for (String jar : args) {
            renew(Path.of(jar));
        }
    }

    static void renew(Path jar) throws IOException {
        try (JarFile old = new JarFile(jar.toFile())) {
            if (!isOld(old)) {
                return;
            }
            Path renewed = jar.resolveSibling(jar.getFileName() + ".renewed");
            try {
                try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(renewed))) {
                    copy(old, out);
                }
                Files.move(renewed, jar, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(renewed);
            }
        }
    }

    private static boolean isOld(JarFile jar) throws IOException {
        for (JarEntry entry : jar.stream().filter(IS_CLASS).toList()) {
            if (majorVersion(read(jar, entry)) < FIRST_WITH_STACK_MAPS) {
                return true;
            }
        }
        return false;
    }

    private static int majorVersion(byte[] bytes) {
        return (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
    }

    private static void copy(JarFile jar, JarOutputStream out) throws IOException {
        ClassFile classes = ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS,
                ClassHierarchyResolverOption.of(hierarchy(jar)));
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements();) {
            JarEntry entry = entries.nextElement();
            byte[] bytes = read(jar, entry);
            JarEntry copy = new JarEntry(entry.getName());
            copy.setTime(entry.getTime());
            out.putNextEntry(copy);
            out.write(IS_CLASS.test(entry) && majorVersion(bytes) < FIRST_WITH_STACK_MAPS
                    ? renewed(classes, bytes)
                    : bytes);
            out.closeEntry();
        }
    }

    private static byte[] renewed(ClassFile classes, byte[] bytes) {
        ClassModel model = classes.parse(bytes);
        ClassTransform version = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(FIRST_WITH_STACK_MAPS, 0);
            } else {
                builder.with(element);
            }
        };
        return classes.transformClass(model,
                version.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
    }

    /** The jar's own classes, and those of the JDK. What else is named there may be missing here. */
    private static ClassHierarchyResolver hierarchy(JarFile jar) {
        return ClassHierarchyResolver.ofResourceParsing(name -> {
            try {
                JarEntry entry = jar
                        .getJarEntry(name.packageName().replace('.', '/') + "/" + name.displayName() + ".class");
                return entry == null ? null : jar.getInputStream(entry);
            } catch (IOException e) {
                return null;
            }
        }).orElse(ClassHierarchyResolver.defaultResolver());
    }

    private static byte[] read(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
